import { expect, test } from 'vitest';
import type { Backend } from '../backend/backend';
import { Refusal } from '../backend/backend';
import { openFake } from '../backend/fake';
import type { MicrophoneEvent } from '../bindings';
import type { Browser } from './browser';
import { MicrophoneCheck } from './check.svelte';
import { carrierOf } from './choose';
import { levelOf, rms } from './level';
import { CallRecorder, formOf } from './recorder';
import { hush, readAloud } from './spoken';
import { usualVoice } from './usual';

test('the webview carries the sound where it can, else the host, else nobody', () => {
  const able = { PeerConnection: class {} } as unknown as Browser;
  const unable = {} as Browser;
  expect(carrierOf({ native: true }, able, false)).toBe('webrtc');
  expect(carrierOf({ native: true }, unable, false)).toBe('native');
  expect(carrierOf({ native: false }, unable, false)).toBeNull();
  expect(carrierOf({ native: true }, able, true), 'there is nobody to connect to').toBe('native');
});

test('silence is at the bottom of the meter, speech in it, and shouting at its top', () => {
  expect(levelOf(0)).toBe(0);
  expect(levelOf(0.001)).toBe(0);
  expect(levelOf(0.05)).toBeGreaterThan(0.5);
  expect(levelOf(1)).toBe(1);
  expect(rms(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5);
  expect(rms(new Float32Array())).toBe(0);
});

test('somebody is heard after some moments of speech in a row, not by a single bang', async () => {
  let tell: (event: MicrophoneEvent) => void = () => undefined;
  let stopped = 0;
  const check = new MicrophoneCheck({} as Backend, async (_carrier, _backend, _input, on) => {
    tell = on;
    return () => {
      stopped += 1;
    };
  });
  await check.begin('native', null);
  tell({ kind: 'level', level: 0.9, speech: true });
  tell({ kind: 'level', level: 0.1, speech: false });
  expect([check.state, check.heard, check.level]).toEqual(['on', false, 0.1]);
  for (let i = 0; i < 4; i += 1) tell({ kind: 'level', level: 0.7, speech: true });
  expect(check.heard).toBe(true);
  tell({ kind: 'lost', error: { code: 'no_microphone', message: 'Gone.' } });
  expect([check.state, check.refusal?.code]).toEqual(['refused', 'no_microphone']);
  await check.begin('native', null);
  check.end();
  expect([check.state, stopped]).toEqual(['idle', 1]);
});

test('a microphone that opens after its try was given up is closed at once', async () => {
  let give: (stop: () => void) => void = () => undefined;
  let stopped = 0;
  const check = new MicrophoneCheck({} as Backend, () => new Promise((resolve) => (give = resolve)));
  const opening = check.begin('webrtc', null);
  check.end();
  give(() => {
    stopped += 1;
  });
  await opening;
  expect([check.state, stopped]).toEqual(['idle', 1]);
});

class Recorder {
  static made: Recorder[] = [];
  static isTypeSupported = (form: string) => form.includes('ogg');
  state = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  constructor() {
    Recorder.made.push(this);
  }
  start() {
    this.state = 'recording';
  }
  pause() {
    this.state = 'paused';
  }
  resume() {
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    this.ondataavailable?.({ data: new Blob(['last']) });
    this.onstop?.();
  }
}

function recorded(keep: (side: string, beginsMs: number, words: string) => void) {
  Recorder.made = [];
  const told: boolean[] = [];
  const backend = {
    keepRecording: async (_id: string, side: string, beginsMs: number, bytes: Uint8Array) => keep(side, beginsMs, new TextDecoder().decode(bytes)),
  } as unknown as Backend;
  const browser = { Recorder } as unknown as Browser;
  const recorder = new CallRecorder(browser, { backend, id: 's', settings: usualVoice, elapsed: () => 1234.5 }, (on) => told.push(on));
  return { browser, recorder, told };
}

test('both sides are kept piece by piece in their order, to the last one', async () => {
  const kept: string[] = [];
  const { browser, recorder, told } = recorded((...piece) => kept.push(piece.join(' ')));
  expect([formOf(browser), told]).toEqual(['audio/ogg;codecs=opus', []]);
  recorder.begin({ rep: {} as MediaStream, customer: {} as MediaStream });
  recorder.begin({ rep: {} as MediaStream });
  expect(Recorder.made).toHaveLength(2);
  recorder.pause(true);
  expect(Recorder.made.map(({ state }) => state)).toEqual(['paused', 'paused']);
  recorder.pause(false);
  Recorder.made[0]?.ondataavailable?.({ data: new Blob([]) });
  Recorder.made[0]?.ondataavailable?.({ data: new Blob(['one']) });
  await recorder.end();
  expect(kept).toEqual(['rep 1235 one', 'rep 1235 last', 'customer 1235 last']);
  expect(told, 'it ends with the call').toEqual([true]);
  expect(formOf({} as Browser)).toBeNull();
});

test('a refused piece ends the recording and says so: nothing follows a hole', async () => {
  const kept: string[] = [];
  const { recorder, told } = recorded((side, _begins, words) => {
    if (words === 'lost') throw new Refusal({ code: 'disk_full', message: '' });
    kept.push(`${side} ${words}`);
  });
  recorder.begin({ rep: {} as MediaStream, customer: {} as MediaStream });
  for (const words of ['one', 'lost', 'three']) Recorder.made[0]?.ondataavailable?.({ data: new Blob([words]) });
  await new Promise((resolve) => setTimeout(resolve));
  expect([kept, told, Recorder.made.map(({ state }) => state)]).toEqual([['rep one'], [true, false], ['inactive', 'inactive']]);
  recorder.begin({ rep: {} as MediaStream });
  await recorder.end();
  expect([kept.length, told.length, Recorder.made.length], 'not again in this call').toEqual([1, 2, 2]);
});

test('a line is read aloud instead of the one before, and nothing where there is no voice', () => {
  const said: string[] = [];
  const synthesis = { speak: ({ text }: { text: string }) => said.push(text), cancel: () => said.push('-') };
  const Utterance = class {
    lang = '';
    constructor(readonly text: string) {}
  };
  const voices = { synthesis, Utterance } as unknown as Parameters<typeof hush>[0];
  readAloud('Good morning.', voices as never);
  hush(voices);
  readAloud('Nobody hears.', { synthesis: undefined, Utterance: undefined });
  expect(said).toEqual(['-', 'Good morning.', '-']);
});

test('a key is shown by its last four characters alone, tested, and removed', async () => {
  const backend = openFake('', null);
  expect((await backend.voice()).key).toEqual({ kind: 'missing' });
  const view = await backend.saveKey('sk-abcdefgh1234');
  expect(view.key).toEqual({ kind: 'there', lastFour: '1234', place: 'keyring' });
  expect(JSON.stringify(view)).not.toContain('abcdefgh');
  expect(await backend.testKey()).toMatchObject({ accepted: true });
  await backend.saveKey('sk-this-is-bad');
  expect(await backend.testKey()).toMatchObject({ accepted: false, refusal: { code: 'key_refused' } });
  expect((await backend.removeKey()).key).toEqual({ kind: 'missing' });
});
