// What the fake answers about talking by voice.
// In the address: `?voice` a key is there, and one talk by voice is past and one open; `?novoice` nobody here can carry a call; `?nokeyring` no keyring answers;
// `?retiring` the chosen model goes soon, as the service says when it is asked; `?gone` it has it no longer; `?free` no key is needed and no price is known; `?hub` the company's hub is chosen.

import type { KeyState, KeyTest, MicrophoneEvent, Session, SoundDevices, Turn, VoiceRecord, VoiceSettings, VoiceView } from '../../bindings';
import { measure } from './quoting';
import { sampleReport, sampleSession, sampleSignals, sampleTurns } from './sample';
import type { Stored } from './state';

export const devices: SoundDevices = {
  inputs: ['Built-in Microphone', 'Jabra Evolve2 40 Mono'],
  outputs: ['Built-in Speakers', 'Jabra Evolve2 40 Mono'],
};

export function voiceView(wanted: URLSearchParams, key: KeyState, settings: VoiceSettings, asked: boolean): VoiceView {
  const { provider, compatible, hub } = settings;
  const own = provider !== 'open_ai';
  const address = { open_ai: 'https://api.openai.com', compatible: compatible.baseUrl, hub: hub.address }[provider];
  const host = address.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
  const free = wanted.has('free') || (provider === 'compatible' && compatible.key === 'none');
  // A hub chooses both, and says neither.
  const named = provider === 'hub' ? { model: '', voice: '' } : compatible;
  const model = own ? named.model : (settings.model ?? 'gpt-realtime-2.1');
  const models = own ? [] : ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini', 'gpt-realtime-1.5'];
  const answered = asked && key.kind === 'there';
  const gone = answered && wanted.has('gone');
  return {
    provider,
    host,
    key: free ? { kind: 'not_needed' } : key,
    native: !wanted.has('novoice'),
    model,
    voice: own ? named.voice : (settings.voice ?? 'coral'),
    models: gone ? models.filter((one) => one !== 'gpt-realtime-2.1') : models,
    voices: own ? [] : ['alloy', 'ash', 'coral', 'marin', 'sage', 'verse'],
    hasModel: answered && model ? !(gone && model === 'gpt-realtime-2.1') : null,
    retiring: answered && wanted.has('retiring') ? [{ model, on: '2027-01-20', replacement: 'gpt-realtime-2.1-mini' }] : [],
    estimate: own || wanted.has('free') ? null : [22, 64],
  };
}

export const keyOf = (key: string, wanted: URLSearchParams): KeyState => ({
  kind: 'there',
  lastFour: key.slice(-4),
  place: wanted.has('nokeyring') ? 'memory' : 'keyring',
});

/** A key that ends in `bad` is refused; else the service answers, with what `view` then says of the chosen model. */
export function testOf(key: KeyState, view: VoiceView): KeyTest {
  if (key.kind === 'there' && key.lastFour.endsWith('bad'))
    return { accepted: false, hasModel: null, refusal: { code: 'key_refused', message: 'The service answered 401: it does not take this key.' } };
  return { accepted: true, hasModel: view.hasModel, refusal: null };
}

/** A microphone that hears somebody after a moment. */
export function listening(on: (event: MicrophoneEvent) => void, still: boolean): () => void {
  let n = 0;
  const tell = (): void => {
    n += 1;
    const speech = !still && n > 4;
    on({ kind: 'level', level: speech ? 0.62 + 0.2 * Math.sin(n * 0.9) : 0.08, speech });
  };
  const timer = setInterval(tell, 90);
  return () => clearInterval(timer);
}

const record = (startedAt: number, recorded: boolean): VoiceRecord => ({
  answers: 8,
  usualLatency: 640,
  slowestLatency: 1480,
  roleSlips: 1,
  model: 'gpt-realtime-2.1',
  costMillicents: 31_400,
  recording: recorded
    ? { calls: [{ tracks: ['rep', 'customer'], mediaType: 'audio/wav', beginsMs: 500 }], goesAt: startedAt + 30 * 86_400_000 }
    : null,
});

/** The example of the look, spoken: timed, one line cut off, recorded. */
export function spokenSample(userId: string, startedAt: number): Stored {
  const turns: Turn[] = sampleTurns.map((turn, i) => {
    const spoken = Math.min(turn.text.length * 58, (sampleTurns[i + 1]?.atMs ?? turn.atMs + 3000) - turn.atMs - 400);
    return { ...turn, startedMs: turn.atMs, endedMs: turn.atMs + Math.max(600, spoken), interrupted: i === 6 };
  });
  const measured = { talkShare: 660, longestTurn: 128, pace: 1380, pauseAfterObjection: 4, interruptions: 10 } as Record<string, number>;
  const report = {
    ...sampleReport,
    measures: sampleReport.measures.map(({ kind, tenths, aim, notMeasurable }) =>
      kind in measured ? measure(kind, measured[kind] ?? null, aim) : { kind, tenths, aim, notMeasurable },
    ),
  };
  const session: Session = { ...sampleSession(userId, startedAt), id: 'voice-61', mode: 'voice' };
  return { session, turns, signals: sampleSignals, report, voice: record(startedAt, true) };
}

/** A talk by voice that was left in its midst. */
export function spokenOpen(userId: string, startedAt: number): Stored {
  const done = spokenSample(userId, startedAt);
  const turns = done.turns.slice(0, 5);
  const session: Session = {
    ...done.session,
    id: 'voice-open',
    status: 'IN_PROGRESS',
    paused: true,
    outcome: null,
    overallScore: null,
    endedAt: null,
    activeMs: 42_000,
    turns: turns.length,
  };
  return { session, turns, signals: [], report: null, voice: null };
}

export const recordOf = (startedAt: number): VoiceRecord => record(startedAt, false);

/** A sound file of that many seconds: a soft tone while somebody speaks, else silence. */
export function wav(seconds: number, speaks: (second: number) => boolean): Uint8Array {
  const rate = 8000;
  const length = Math.ceil(seconds * rate);
  const bytes = new Uint8Array(44 + length).fill(128, 44);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string): void => {
    for (const [i, char] of [...text].entries()) bytes[at + i] = char.charCodeAt(0);
  };
  word(0, 'RIFF');
  view.setUint32(4, 36 + length, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  word(36, 'data');
  view.setUint32(40, length, true);
  for (let i = 0; i < length; i += 1) if (speaks(i / rate)) bytes[44 + i] = 128 + Math.round(14 * Math.sin((i / rate) * 2 * Math.PI * 180));
  return bytes;
}
