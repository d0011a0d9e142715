import { beforeEach, expect, test } from 'vitest';
import type { Backend } from '../backend/backend';
import { Refusal } from '../backend/backend';
import type { CallEvent } from '../bindings';
import type { Browser } from './browser';
import { openMicrophone } from './microphone';
import type { Player } from './playback';
import { usualVoice } from './usual';
import { WebRtcTransport } from './webrtc';

class Track extends EventTarget {
  enabled = true;
  stopped = false;
  stop() {
    this.stopped = true;
  }
  clone() {
    return new Track();
  }
}
class Stream {
  constructor(readonly tracks: Track[] = [new Track()]) {}
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks;
}
class Channel {
  readyState = 'connecting';
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(message: string) {
    this.sent.push(message);
  }
  close() {
    this.readyState = 'closed';
  }
  open() {
    this.readyState = 'open';
    this.onopen?.();
  }
}
const made: Pc[] = [];
class Pc {
  channel = new Channel();
  label = '';
  /** What was done, in order. */
  done: string[] = [];
  connectionState = 'new';
  closed = false;
  localDescription: { sdp: string } | null = null;
  answer: string | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  constructor() {
    made.push(this);
  }
  createDataChannel(label: string) {
    this.label = label;
    this.done.push('channel');
    return this.channel;
  }
  addTrack() {
    this.done.push('track');
  }
  async createOffer() {
    this.done.push('offer');
    return { sdp: `offer ${made.length}` };
  }
  async setLocalDescription(offer: { sdp: string }) {
    this.localDescription = offer;
  }
  async setRemoteDescription({ sdp }: { sdp: string }) {
    if (sdp === 'nonsense') throw new Error('not SDP');
    this.answer = sdp;
  }
  getReceivers = () => [];
  move(state: string) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
  close() {
    this.closed = true;
  }
}

const player: Player = { srcObject: null, autoplay: false, play: async () => undefined, pause: () => undefined };
const settle = async () => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

function stage(settings = {}, changes: { answer?: (offer: string | null) => Promise<{ sdp: string | null }>; browser?: Partial<Browser> } = {}) {
  const stream = new Stream();
  const said: string[] = [];
  const heard: CallEvent[] = [];
  const timers: (() => void)[] = [];
  let tell: (event: CallEvent) => void = () => undefined;
  const backend = {
    openCall: async (_id: string, offer: { sdp: string | null }, on: (event: CallEvent) => void) => {
      tell = on;
      return changes.answer ? changes.answer(offer.sdp) : { sdp: `answer to ${offer.sdp}` };
    },
    callMessage: async (_id: string, message: string) => void said.push(message),
    callLink: async (_id: string, link: string) => void said.push(`<${link}>`),
  } as unknown as Backend;
  const browser = {
    PeerConnection: Pc,
    devices: { getUserMedia: async () => stream, enumerateDevices: async () => [] },
    AudioContext: undefined,
    Recorder: undefined,
    Stream,
    every: () => () => undefined,
    after: (_ms: number, act: () => void) => {
      timers.push(act);
      return () => void timers.splice(timers.indexOf(act), 1);
    },
    ...changes.browser,
  } as unknown as Browser;
  const facts = { backend, id: 's', settings: { ...usualVoice, ...settings }, elapsed: () => 0 };
  const transport = new WebRtcTransport(facts, browser, () => player);
  return {
    transport,
    stream,
    said,
    heard,
    timers,
    tell: (event: CallEvent) => tell(event),
    open: () => transport.open((event) => heard.push(event)),
  };
}

beforeEach(() => void made.splice(0));

test('a microphone that nobody allows is given up after a while, and let go when it comes after all', async () => {
  const stream = new Stream();
  let allow: () => void = () => undefined;
  const asked = new Promise<Stream>((resolve) => {
    allow = () => resolve(stream);
  });
  const devices = { getUserMedia: () => asked, enumerateDevices: async () => [] } as unknown as Browser['devices'];
  const { open, timers } = stage({}, { browser: { devices } });
  const opening = open();
  await settle();
  timers.at(-1)?.();
  await expect(opening).rejects.toMatchObject({ code: 'microphone_refused' });
  allow();
  await settle();
  expect([stream.tracks[0]?.stopped, made.length]).toEqual([true, 0]);
});

test('the data channel is in the offer, and the answer is the host’s', async () => {
  const { open } = stage();
  await open();
  expect(made[0]?.label).toBe('oai-events');
  expect(made[0]?.done).toEqual(['channel', 'track', 'offer']);
  expect(made[0]?.answer).toBe('answer to offer 1');
});

test('messages pass both ways as they are and in order; what comes before the channel is open waits for it', async () => {
  const { open, tell, said, heard } = stage();
  await open();
  const channel = made[0]?.channel;
  tell({ kind: 'send', message: '{"a": 1}' });
  tell({ kind: 'send', message: '{"b":2 }' });
  expect(channel?.sent).toEqual([]);
  channel?.open();
  tell({ kind: 'send', message: 'c' });
  expect(channel?.sent).toEqual(['{"a": 1}', '{"b":2 }', 'c']);
  for (const data of ['x', 'y', 'z']) channel?.onmessage?.({ data });
  await settle();
  expect(said).toEqual(['<open>', 'x', 'y', 'z']);
  expect(heard).toEqual([]);
});

test('what the connection says of itself is told once each: lost, back, gone', async () => {
  const { open, said } = stage();
  await open();
  const pc = made[0];
  for (const state of ['connecting', 'connected', 'disconnected', 'connected', 'failed']) pc?.move(state);
  await settle();
  expect(said).toEqual(['<disconnected>', '<connected>', '<failed>']);
});

test('a new connection is a whole new one, with the same microphone; of the old one nothing is heard any more', async () => {
  const { open, tell, said, stream } = stage();
  await open();
  const [old] = made;
  tell({ kind: 'reconnect' });
  await settle();
  expect(made).toHaveLength(2);
  expect([old?.closed, made[1]?.answer, stream.tracks[0]?.stopped]).toEqual([true, 'answer to offer 2', false]);
  old?.move('failed');
  old?.channel.onmessage?.({ data: 'late' });
  made[1]?.channel.open();
  await settle();
  expect(said).toEqual(['<open>']);
});

test('a message that was meant for a line that is gone is not sent on the next one', async () => {
  const tells: ((event: CallEvent) => void)[] = [];
  const { open, tell, transport } = stage();
  const { backend } = transport.facts;
  const openCall = backend.openCall;
  backend.openCall = (id, offer, on) => {
    tells.push(on);
    return openCall(id, offer, on);
  };
  await open();
  tell({ kind: 'reconnect' });
  await settle();
  tells[0]?.({ kind: 'send', message: 'old' });
  tells[1]?.({ kind: 'send', message: 'new' });
  made[1]?.channel.open();
  expect(made[1]?.channel.sent).toEqual(['new']);
});

test('everything is closed on every way out, however often it is asked for', async () => {
  const { open, transport, stream } = stage();
  await open();
  await transport.close();
  await transport.close();
  expect([made[0]?.closed, made[0]?.channel.readyState, stream.tracks[0]?.stopped]).toEqual([true, 'closed', true]);

  const refused = stage({}, { answer: () => Promise.reject(new Refusal({ code: 'key_refused', message: '' })) });
  await expect(refused.open()).rejects.toMatchObject({ code: 'key_refused' });
  expect([made[1]?.closed, refused.stream.tracks[0]?.stopped]).toEqual([true, true]);

  const nonsense = stage({}, { answer: async () => ({ sdp: 'nonsense' }) });
  await expect(nonsense.open()).rejects.toMatchObject({ code: 'service_unavailable' });
  await settle();
  expect(nonsense.said).toEqual(['<failed>']);
  expect([made[2]?.closed, nonsense.stream.tracks[0]?.stopped]).toEqual([true, true]);
});

test('who hangs up while the line is being opened has nothing left open', async () => {
  let answer: (given: { sdp: string }) => void = () => undefined;
  const { open, transport, stream } = stage({}, { answer: () => new Promise((resolve) => (answer = resolve)) });
  const opening = open();
  await settle();
  const closing = transport.close();
  answer({ sdp: 'late' });
  await Promise.all([opening, closing]);
  expect([made[0]?.closed, made[0]?.answer, stream.tracks[0]?.stopped]).toEqual([true, null, true]);
});

test('the microphone is let go before the last of the recording is kept, and also where it never is', async () => {
  let stop: () => void = () => undefined;
  class Recorder {
    static isTypeSupported = () => true;
    state = 'inactive';
    onstop: (() => void) | null = null;
    start() {
      this.state = 'recording';
    }
    stop() {
      this.state = 'inactive';
      stop = () => this.onstop?.();
    }
  }
  const { open, transport, stream, heard } = stage({ recording: true }, { browser: { Recorder: Recorder as unknown as typeof MediaRecorder } });
  await open();
  transport.pause(false);
  expect(heard).toContainEqual({ kind: 'recording', on: true });
  let closed = false;
  const closing = transport.close().then(() => (closed = true));
  await settle();
  expect([stream.tracks[0]?.stopped, made[0]?.closed, closed]).toEqual([true, true, false]);
  stop();
  await closing;
});

test('a microphone that goes away is told', async () => {
  const { open, stream, said } = stage();
  await open();
  stream.tracks[0]?.dispatchEvent(new Event('ended'));
  await settle();
  expect(said).toEqual(['<microphone_lost>']);
});

test('nobody is heard before the line is open, in a pause, while the line is made anew and at the end', async () => {
  const { open, transport, stream } = stage();
  await open();
  const [track] = stream.tracks;
  expect(track?.enabled, 'the line is not open yet').toBe(false);
  transport.pause(false);
  expect(track?.enabled).toBe(true);
  transport.pause(true);
  expect(track?.enabled, 'a pause').toBe(false);
  transport.mute(true);
  transport.mute(false);
  expect(track?.enabled, 'unmuted in a pause').toBe(false);
  transport.pause(false);
  expect(track?.enabled).toBe(true);
});

test('the microphone is shut while it is muted, and with push-to-talk open only while the button is held, to the last syllable', async () => {
  const { open, transport, stream, timers } = stage({ pushToTalk: true });
  await open();
  transport.pause(false);
  const [track] = stream.tracks;
  expect(track?.enabled).toBe(false);
  transport.hold(true);
  expect(track?.enabled).toBe(true);
  transport.mute(true);
  expect(track?.enabled).toBe(false);
  transport.mute(false);
  transport.hold(false);
  expect(track?.enabled, 'the last syllable').toBe(true);
  timers[0]?.();
  expect(track?.enabled).toBe(false);
});

test('why there is no microphone is told by a code', async () => {
  const browser = (error: unknown) => ({ devices: { getUserMedia: () => Promise.reject(error) } }) as unknown as Browser;
  const named = (name: string) => Object.assign(new Error('why'), { name });
  await expect(openMicrophone(browser(named('NotAllowedError')), null)).rejects.toMatchObject({ code: 'microphone_refused' });
  for (const name of ['NotFoundError', 'OverconstrainedError', 'NotReadableError'])
    await expect(openMicrophone(browser(named(name)), null), name).rejects.toMatchObject({ code: 'no_microphone' });
  await expect(openMicrophone({ devices: undefined } as unknown as Browser, null)).rejects.toMatchObject({ code: 'no_microphone' });
});

test('the microphone that was chosen is asked for by its name, with echo, noise and gain looked after', async () => {
  const asked: MediaStreamConstraints[] = [];
  const devices = {
    enumerateDevices: async () => [
      { kind: 'audioinput', label: 'Jabra', deviceId: 'j' },
      { kind: 'audiooutput', label: 'Jabra', deviceId: 'o' },
    ],
    getUserMedia: async (wanted: MediaStreamConstraints) => {
      asked.push(wanted);
      return new Stream();
    },
  };
  await openMicrophone({ devices } as unknown as Browser, 'Jabra');
  await openMicrophone({ devices } as unknown as Browser, 'unplugged');
  const usual = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  expect(asked).toEqual([{ audio: { ...usual, deviceId: { ideal: 'j' } } }, { audio: usual }]);
});
