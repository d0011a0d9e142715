// One call: where it stands, who speaks, what is being said, and the way out of every state. What was said belongs to the conversation; this is only how it is said.
// How long a state may last is the host's to say: it counts for every call that it knows of.

import { Refusal } from '../../lib/backend/backend';
import type { CallControl, CallEnd, CallEvent, CallFigures, CallStage, Code, Error as WireError, Speaker, VoiceSettings } from '../../lib/bindings';
import { asRefusal } from '../../lib/loaded.svelte';
import type { CallFacts, VoiceTransport } from '../../lib/voice/transport';
import type { Conversation } from './conversation.svelte';

export interface Caption {
  speaker: Speaker;
  text: string;
}

const AT_ONCE: Partial<Record<Code, CallEnd>> = {
  no_microphone: 'microphone_lost',
  no_speaker: 'microphone_lost',
  sound_busy: 'microphone_lost',
  microphone_refused: 'microphone_lost',
  connection_blocked: 'connection_lost',
  service_unavailable: 'connection_lost',
  internal: 'connection_lost',
  session_expired: 'session_expired',
};

export class Call {
  stage = $state<CallStage>('idle');
  /** Which try, while the line is being made again. */
  attempt = $state(0);
  end = $state<CallEnd | null>(null);
  /** What was refused, where something was. */
  refusal = $state.raw<Refusal | null>(null);
  speaking = $state<Speaker | null>(null);
  /** What is being said and not stored yet, in the order in which it began. */
  captions = $state.raw<Caption[]>([]);
  levels = $state.raw<Record<Speaker, number>>({ rep: 0, customer: 0 });
  muted = $state(false);
  /** The button of push-to-talk is down. */
  held = $state(false);
  /** What was said last could not be understood. */
  unclear = $state(false);
  /** What does not work as it should while the call goes on, in the order in which it was told. */
  #troubles = $state.raw<Code[]>([]);
  /** Whether the call is recorded; `stopped` where it was to be and is no more. */
  recording = $state<'off' | 'on' | 'stopped'>('off');
  /** The call will end for this reason, unless something changes. */
  soon = $state.raw<{ end: CallEnd; leftMs: number | null } | null>(null);
  figures = $state.raw<CallFigures>({ latency: null, usualLatency: null, costMillicents: null });
  #transport: VoiceTransport | null = null;
  #closing: Promise<void> = Promise.resolve();
  #over: (() => void)[] = [];

  constructor(
    readonly talk: Conversation,
    readonly make: (facts: CallFacts) => VoiceTransport,
    readonly settings: () => VoiceSettings,
  ) {}

  /** True from the first ring until it is over. */
  get on(): boolean {
    return this.stage !== 'idle' && this.stage !== 'done';
  }

  /** What came last of what does not work as it should. */
  get trouble(): Code | null {
    return this.#troubles.at(-1) ?? null;
  }

  get live(): boolean {
    return this.stage === 'live';
  }

  get pushToTalk(): boolean {
    return this.settings().pushToTalk;
  }

  /** Opens the call, or opens it again. To be called in a click, or after a playback was unlocked in one. */
  async open(): Promise<void> {
    if (this.on) return;
    this.#reset();
    this.stage = 'connecting';
    this.talk.stand();
    // The last piece of an earlier call's recording comes first.
    await this.#closing;
    if (this.stage !== 'connecting') return;
    const { talk } = this;
    const transport = this.make({ backend: talk.backend, id: talk.id, settings: this.settings(), elapsed: () => talk.now() });
    this.#transport = transport;
    try {
      await transport.open((event) => {
        // What a call says that was given up is nobody's any more.
        if (this.#transport === transport) this.#hear(event);
      });
    } catch (error) {
      if (this.#transport !== transport) return;
      const { code, message } = asRefusal(error);
      this.#finish(AT_ONCE[code] ?? 'refused', { code, message });
    }
  }

  /** Ends it; answers when it is over and every word of it is stored. */
  async hangUp(): Promise<void> {
    if (!this.on) return this.#closing;
    const over = new Promise<void>((resolve) => this.#over.push(resolve));
    if (this.stage !== 'ending') {
      // Of a call that is still being opened the host may not know yet: then nobody says that it is over.
      const known = this.stage !== 'connecting';
      this.stage = 'ending';
      // What is said from here on is for nobody.
      this.#transport?.pause(true);
      const over = (): void => this.#finish('hung_up', null);
      this.talk.backend.control(this.talk.id, { kind: 'hang_up' }).then(() => known || over(), over);
    }
    await over;
    await this.#closing;
  }

  /** The rep has gone on by typing: how the line ended is no news any more. */
  passOver(): void {
    if (this.stage !== 'done') return;
    this.end = 'hung_up';
    this.refusal = null;
  }

  /** The screen is left: nobody waits for the end. */
  leave(): void {
    if (!this.on) return;
    this.talk.backend.control(this.talk.id, { kind: 'hang_up' }).catch(() => undefined);
    this.#close();
  }

  mute(on: boolean): void {
    if (!this.on) return;
    this.muted = on;
    this.#transport?.mute(on);
    this.#ask({ kind: 'mute', on });
  }

  press(): void {
    if (!this.live || !this.pushToTalk || this.held) return;
    this.held = true;
    this.unclear = false;
    if (this.muted) this.mute(false);
    this.#transport?.hold(true);
    this.#ask({ kind: 'press' });
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.#transport?.hold(false);
    this.#ask({ kind: 'release' });
  }

  /** The customer stops talking. */
  quiet(): void {
    if (this.live && this.speaking === 'customer') this.#ask({ kind: 'quiet' });
  }

  repeat(): void {
    if (this.live) this.#ask({ kind: 'repeat' });
  }

  pause(): void {
    if (this.live) this.#ask({ kind: 'pause' });
  }

  resume(): void {
    if (this.stage === 'paused') this.#ask({ kind: 'resume' });
  }

  #ask(control: CallControl): void {
    this.talk.refusal = null;
    this.talk.backend.control(this.talk.id, control).catch((error: unknown) => this.talk.refuse(error));
  }

  #hear(event: CallEvent): void {
    if (event.kind === 'stage') this.#move(event.stage, event.attempt, event.end, event.error);
    else if (event.kind === 'speaking') this.#speaks(event.speaker);
    else if (event.kind === 'caption') this.#caption(event.speaker, event.text);
    else if (event.kind === 'turn') {
      this.#drop(event.turn.speaker);
      this.unclear = false;
      this.talk.heard(event.turn, event.signals, event.state);
    } else if (event.kind === 'unclear') {
      this.#drop('rep');
      this.unclear = true;
    } else if (event.kind === 'trouble') this.#troubles = [...this.#others(event.code), event.code];
    else if (event.kind === 'recovered') this.#troubles = this.#others(event.code);
    else if (event.kind === 'recording') this.recording = event.on ? 'on' : 'stopped';
    else if (event.kind === 'soon') this.soon = { end: event.end, leftMs: event.leftMs };
    else if (event.kind === 'levels') this.levels = { rep: event.rep, customer: event.customer };
    else if (event.kind === 'figures') this.figures = event.figures;
  }

  #others(code: Code): Code[] {
    return this.#troubles.filter((one) => one !== code);
  }

  #move(stage: CallStage, attempt: number, end: CallEnd | null, error: WireError | null): void {
    if (this.stage === 'done') return;
    if (stage === 'done') {
      this.#finish(end ?? 'hung_up', error);
      return;
    }
    // What the rep ended here does not go on because the host was just saying so.
    if (this.stage === 'ending') return;
    this.stage = stage;
    this.attempt = attempt;
    this.#transport?.pause(stage !== 'live');
    if (stage === 'live') {
      this.talk.run();
      void this.talk.sync();
    } else {
      this.talk.stand();
      this.release();
      this.speaking = null;
    }
    if (stage === 'paused') this.talk.paused = true;
    if (stage === 'reconnecting') this.captions = [];
  }

  #speaks(speaker: Speaker | null): void {
    this.speaking = speaker;
    // Somebody speaks again.
    if (speaker && this.soon?.end === 'nobody_spoke') this.soon = null;
  }

  #caption(speaker: Speaker, text: string): void {
    if (speaker === 'rep') this.unclear = false;
    if (!text) {
      this.#drop(speaker);
      return;
    }
    const known = this.captions.some((one) => one.speaker === speaker);
    this.captions = known ? this.captions.map((one) => (one.speaker === speaker ? { speaker, text } : one)) : [...this.captions, { speaker, text }];
  }

  #drop(speaker: Speaker): void {
    this.captions = this.captions.filter((one) => one.speaker !== speaker);
  }

  #finish(end: CallEnd, error: WireError | null): void {
    if (this.stage === 'done') return;
    this.end = end;
    this.refusal = error ? new Refusal(error) : null;
    this.talk.stand();
    this.#close();
    this.#closing = Promise.all([this.#closing, this.talk.sync()]).then(() => undefined);
    for (const resolve of this.#over.splice(0)) resolve();
  }

  #close(): void {
    this.stage = 'done';
    this.speaking = null;
    this.held = false;
    this.captions = [];
    this.levels = { rep: 0, customer: 0 };
    this.#closing = this.#transport?.close().catch(() => undefined) ?? Promise.resolve();
    this.#transport = null;
  }

  #reset(): void {
    this.attempt = 0;
    this.end = null;
    this.refusal = null;
    this.muted = false;
    this.unclear = false;
    this.#troubles = [];
    this.recording = 'off';
    this.soon = null;
    this.talk.refusal = null;
  }
}
