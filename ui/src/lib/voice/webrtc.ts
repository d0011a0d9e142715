// The webview carries the sound: its microphone goes to the service and the service's voice to its speaker, over a peer connection that the host negotiates.
// The host reads and writes every message of the data channel; the window only passes them on.

import { Refusal } from '../backend/backend';
import type { CallEvent, Link } from '../bindings';
import type { Browser } from './browser';
import { levelOf } from './level';
import { meterOf, openMicrophone } from './microphone';
import { player, playOn, type Player } from './playback';
import { CallRecorder } from './recorder';
import type { CallFacts, VoiceTransport } from './transport';

/** How often the levels are told, in milliseconds. */
const BEAT = 80;
/** How long the system may ask whether the microphone may be used; the host counts from the offer on. */
const ASKING_MS = 60_000;
/** After the button is let go the microphone stays open this long: the last syllable is still on its way. */
const TAIL_MS = 200;

/** One peer connection and its data channel; after a lost line there is a new one of each. */
interface Wire {
  pc: RTCPeerConnection;
  channel: RTCDataChannel;
  /** What waits for the channel to open. */
  queue: string[];
  /** True once the connection had been lost. */
  wasLost: boolean;
}

export class WebRtcTransport implements VoiceTransport {
  #on: (event: CallEvent) => void = () => undefined;
  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #wire: Wire | null = null;
  #meter: ReturnType<typeof meterOf> = null;
  #mixed: MediaStreamAudioDestinationNode | null = null;
  #stopBeat: () => void = () => undefined;
  #stopTail: () => void = () => undefined;
  #closed = false;
  #muted = false;
  #held = false;
  /** Nobody is to be heard: before the line is open, in a pause, while it is made anew, at its end. */
  #standing = true;
  /** Everything for the host goes one after the other, in the order in which it came. */
  #up: Promise<unknown> = Promise.resolve();
  readonly #player: Player;
  readonly #recorder: CallRecorder;

  constructor(
    readonly facts: CallFacts,
    readonly browser: Browser,
    make?: () => Player,
  ) {
    this.#player = player(make);
    this.#recorder = new CallRecorder(browser, facts, (on) => this.#on({ kind: 'recording', on }));
  }

  async open(on: (event: CallEvent) => void): Promise<void> {
    this.#on = on;
    try {
      const stream = await this.#microphone();
      this.#stream = stream;
      if (this.#closed) return void this.#release();
      const track = stream.getAudioTracks()[0];
      if (!track) throw new Refusal({ code: 'no_microphone', message: '' });
      track.addEventListener('ended', () => this.#link('microphone_lost'));
      this.#apply();
      // The offer goes first: what listens along is made while it is on its way.
      await Promise.all([this.#connect(stream), this.#listenAlong(track)]);
      if (!this.#closed) this.#stopBeat = this.browser.every(BEAT, () => this.#tellLevels());
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  mute(on: boolean): void {
    this.#muted = on;
    this.#apply();
  }

  hold(on: boolean): void {
    this.#stopTail();
    this.#held = on || this.#held;
    this.#apply();
    if (on) return;
    this.#stopTail = this.browser.after(TAIL_MS, () => {
      this.#held = false;
      this.#apply();
    });
  }

  pause(on: boolean): void {
    this.#standing = on;
    this.#apply();
    this.#recorder.pause(on);
    if (!on && this.facts.settings.recording && this.#stream && !this.#closed)
      this.#recorder.begin({ rep: this.#stream, ...(this.#mixed ? { customer: this.#mixed.stream } : {}) });
  }

  async close(): Promise<void> {
    this.#closed = true;
    // The recorders are stopped first, so that the last of it is in their hands; the microphone does not wait for the disk.
    const kept = this.#recorder.end();
    this.#release();
    await kept;
  }

  /** The microphone, if it is given in time. One that comes later is let go. */
  async #microphone(): Promise<MediaStream> {
    let late = false;
    const opening = openMicrophone(this.browser, this.facts.settings.input);
    opening
      .then((stream) => {
        if (late) for (const track of stream.getTracks()) track.stop();
      })
      .catch(() => undefined);
    let stopWaiting = (): void => undefined;
    const tooLate = new Promise<never>((_, refuse) => {
      stopWaiting = this.browser.after(ASKING_MS, () => {
        late = true;
        refuse(new Refusal({ code: 'microphone_refused', message: '' }));
      });
    });
    return Promise.race([opening, tooLate]).finally(() => stopWaiting());
  }

  /** Makes what measures and mixes; both are there before the answer can bring the customer's voice. */
  async #listenAlong(track: MediaStreamTrack): Promise<void> {
    this.#context = this.browser.AudioContext ? new this.browser.AudioContext() : null;
    void this.#context?.resume().catch(() => undefined);
    this.#mixed = this.#context?.createMediaStreamDestination() ?? null;
    this.#meter = meterOf(this.browser, this.#context, track);
  }

  async #connect(stream: MediaStream): Promise<void> {
    const { PeerConnection } = this.browser;
    if (!PeerConnection) throw new Refusal({ code: 'connection_blocked', message: '' });
    const pc = new PeerConnection();
    // Before the offer: it must be in it.
    const channel = pc.createDataChannel('oai-events');
    const wire: Wire = { pc, channel, queue: [], wasLost: false };
    this.#wire = wire;
    const mine = (): boolean => this.#wire === wire && !this.#closed;
    channel.onopen = () => {
      if (!mine()) return;
      this.#link('open');
      for (const message of wire.queue.splice(0)) channel.send(message);
    };
    channel.onmessage = ({ data }) => {
      if (mine() && typeof data === 'string') this.#tell(() => this.facts.backend.callMessage(this.facts.id, data));
    };
    channel.onclose = () => {
      if (mine()) this.#link('failed');
    };
    pc.ontrack = ({ track, streams }) => {
      if (!mine()) return;
      const remote = streams[0] ?? (this.browser.Stream ? new this.browser.Stream([track]) : null);
      if (!remote) return;
      void playOn(this.#player, remote, this.browser, this.facts.settings.output);
      if (this.#context && this.#mixed) this.#context.createMediaStreamSource(remote).connect(this.#mixed);
    };
    pc.onconnectionstatechange = () => {
      if (mine()) this.#moved(wire);
    };
    for (const track of stream.getAudioTracks()) pc.addTrack(track, stream);

    await pc.setLocalDescription(await pc.createOffer());
    if (!mine()) return drop(wire);
    const answer = await this.facts.backend.openCall(this.facts.id, { sdp: pc.localDescription?.sdp ?? '' }, (event) => this.#hear(wire, event));
    if (!mine()) return drop(wire);
    await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp ?? '' }).catch((error: unknown) => {
      // The host took this answer for a good one: it is told that nothing came of it.
      this.#link('failed');
      throw new Refusal({ code: 'service_unavailable', message: error instanceof Error ? error.message : '' });
    });
  }

  #moved(wire: Wire): void {
    const state = wire.pc.connectionState;
    if (state === 'disconnected') {
      wire.wasLost = true;
      this.#link('disconnected');
    } else if (state === 'failed' || state === 'closed') this.#link('failed');
    else if (state === 'connected' && wire.wasLost) {
      wire.wasLost = false;
      this.#link('connected');
    }
  }

  #hear(wire: Wire, event: CallEvent): void {
    if (this.#closed) return;
    if (event.kind === 'send') this.#send(wire, event.message);
    else if (event.kind === 'reconnect') void this.#again();
    else if (event.kind === 'close') this.#hangUp();
    else this.#on(event);
  }

  #send(wire: Wire, message: string): void {
    // What was meant for a line that is gone is not for the next one.
    if (wire !== this.#wire) return;
    if (wire.channel.readyState === 'open') wire.channel.send(message);
    else wire.queue.push(message);
  }

  /** A whole new connection with the same microphone. The host knows of a call that it could not open; of anything before that it is told. */
  async #again(): Promise<void> {
    this.#hangUp();
    if (!this.#stream || this.#closed) return;
    let asked = false;
    const { backend } = this.facts;
    try {
      await this.#connect(this.#stream);
      asked = true;
    } catch (error) {
      asked = error instanceof Refusal;
    }
    if (!asked && !this.#closed) this.#tell(() => backend.callLink(this.facts.id, 'failed'));
  }

  #hangUp(): void {
    if (this.#wire) drop(this.#wire);
    this.#wire = null;
  }

  #link(link: Link): void {
    if (!this.#closed) this.#tell(() => this.facts.backend.callLink(this.facts.id, link));
  }

  #tell(say: () => Promise<void>): void {
    this.#up = this.#up.then(say).catch(() => undefined);
  }

  #apply(): void {
    const open = !this.#standing && !this.#muted && (!this.facts.settings.pushToTalk || this.#held);
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = open;
  }

  #tellLevels(): void {
    const open = this.#stream?.getAudioTracks()[0]?.enabled ?? false;
    const heard = this.#wire?.pc.getReceivers()[0]?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    this.#on({ kind: 'levels', rep: open ? (this.#meter?.read() ?? 0) : 0, customer: levelOf(heard) });
  }

  #release(): void {
    this.#stopBeat();
    this.#stopTail();
    this.#hangUp();
    this.#meter?.close();
    this.#meter = null;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#player.pause();
    this.#player.srcObject = null;
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

/** Closes a connection so that nothing of it is heard of any more. */
function drop({ pc, channel }: Wire): void {
  channel.onopen = channel.onmessage = channel.onclose = null;
  pc.ontrack = pc.onconnectionstatechange = null;
  channel.close();
  pc.close();
}
