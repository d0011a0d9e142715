import { expect, test, vi } from 'vitest';
import { Refusal } from '../../lib/backend/backend';
import { openFake } from '../../lib/backend/fake';
import type { CallEvent, CallStage, Turn, VoiceSettings } from '../../lib/bindings';
import type { VoiceTransport } from '../../lib/voice/transport';
import { usualVoice } from '../../lib/voice/usual';
import { Call } from './call.svelte';
import { Conversation } from './conversation.svelte';

async function opened(settings: Partial<VoiceSettings> = {}, refused?: Refusal) {
  const backend = openFake('?empty', null);
  const { session } = await backend.start('pilbara-skeptical-medium', 'voice');
  const controls: string[] = [];
  backend.control = async (_id, control) => void controls.push(control.kind);
  let now = 0;
  const talk = new Conversation(backend, session.id, () => now);
  await talk.open();
  const done: string[] = [];
  let tell: (event: CallEvent) => void = () => undefined;
  const transport: VoiceTransport = {
    open: async (on) => {
      if (refused) throw refused;
      tell = on;
    },
    mute: (on) => done.push(`mute ${on}`),
    hold: (on) => done.push(`hold ${on}`),
    pause: (on) => done.push(`pause ${on}`),
    close: async () => void done.push('close'),
  };
  const call = new Call(
    talk,
    () => transport,
    () => ({ ...usualVoice, ...settings }),
  );
  const stage = (to: CallStage, more: Partial<Extract<CallEvent, { kind: 'stage' }>> = {}) =>
    tell({ kind: 'stage', stage: to, attempt: 0, end: null, error: null, ...more });
  const wait = (ms: number) => {
    now += ms;
    talk.tick();
  };
  return { talk, call, wait, controls, done, stage, tell: (event: CallEvent) => tell(event) };
}

const turn = (index: number, speaker: Turn['speaker'], text: string): CallEvent => ({
  kind: 'turn',
  turn: { index, speaker, text, atMs: index * 1000, interrupted: false },
  signals: [],
  state: { mood: 'attentive', ended: false },
});

test('turns take their place whatever comes first, and a caption goes when its turn is there', async () => {
  const { call, talk, stage, tell } = await opened();
  await call.open();
  stage('live');
  tell({ kind: 'caption', speaker: 'rep', text: 'Good' });
  tell({ kind: 'caption', speaker: 'customer', text: 'Well' });
  tell({ kind: 'caption', speaker: 'rep', text: 'Good morning' });
  expect(call.captions.map(({ text }) => text)).toEqual(['Good morning', 'Well']);
  tell(turn(2, 'customer', 'Well, yes.'));
  tell(turn(1, 'rep', 'Good morning.'));
  tell(turn(1, 'rep', 'Good morning!'));
  expect(talk.turns.map(({ text }) => text)).toEqual(['Good morning!', 'Well, yes.']);
  expect(call.captions).toEqual([]);
});

test('hanging up waits for the last words, for as long as the host does', async () => {
  const { call, controls, stage, done, talk } = await opened();
  await call.open();
  stage('live');
  let over = false;
  const hanging = call.hangUp().then(() => (over = true));
  await Promise.resolve();
  expect([over, call.stage, controls]).toEqual([false, 'ending', ['hang_up']]);
  expect(done.at(-1), 'the microphone is shut at once').toBe('pause true');
  stage('done', { end: 'hung_up' });
  await hanging;
  expect([call.stage, call.end, done.at(-1)]).toEqual(['done', 'hung_up', 'close']);

  await call.open();
  stage('live');
  talk.backend.control = () => Promise.reject(new Refusal({ code: 'internal', message: '' }));
  await call.hangUp();
  expect(call.stage, 'a host that does not take it does not end it either').toBe('done');
});

test('what the host could not open is told with its reason, and leads to typing', async () => {
  for (const [code, end] of [
    ['key_refused', 'refused'],
    ['microphone_refused', 'microphone_lost'],
    ['connection_blocked', 'connection_lost'],
  ] as const) {
    const { call } = await opened({}, new Refusal({ code, message: '' }));
    await call.open();
    expect([call.stage, call.end, call.refusal?.code]).toEqual(['done', end, code]);
  }
});

test('a line that is still being opened can be given up, and opened again', async () => {
  const { call, controls, stage, done } = await opened();
  await call.open();
  await call.hangUp();
  expect([call.stage, call.end, controls, done.at(-1)]).toEqual(['done', 'hung_up', ['hang_up'], 'close']);
  await call.open();
  expect([call.stage, call.end]).toEqual(['connecting', null]);
  stage('live');
  expect(call.live).toBe(true);
});

test('the clock runs while there is a line, and shows what the host counted', async () => {
  const { call, talk, stage, wait } = await opened();
  expect(talk.view.value?.running, 'it was begun, and nobody has called yet').toBe(false);
  wait(60_000);
  await call.open();
  wait(9_000);
  expect(talk.elapsed).toBe(0);
  stage('live');
  wait(5_000);
  expect(talk.elapsed).toBe(5_000);
  stage('reconnecting', { attempt: 1 });
  wait(9_000);
  expect(talk.elapsed).toBe(5_000);
  // The host heard of the loss a little earlier.
  const session = talk.backend.session;
  talk.backend.session = async (id) => {
    const view = await session(id);
    return { ...view, running: true, session: { ...view.session, activeMs: 4_700 } };
  };
  stage('live');
  await vi.waitFor(() => expect(talk.elapsed).toBe(4_700));
  wait(1_000);
  expect(talk.elapsed).toBe(5_700);
});

test('what an earlier call still says is nobody’s any more', async () => {
  const { call, stage, tell, talk } = await opened();
  await call.open();
  stage('done', { end: 'connection_lost', error: { code: 'service_unavailable', message: '' } });
  tell(turn(1, 'rep', 'Ghost.'));
  stage('live');
  expect([call.stage, talk.turns.length, call.refusal?.code]).toEqual(['done', 0, 'service_unavailable']);
});

test('a device that is back takes no other trouble with it', async () => {
  const { call, stage, tell } = await opened();
  await call.open();
  stage('live');
  tell({ kind: 'trouble', code: 'no_microphone' });
  tell({ kind: 'trouble', code: 'no_speaker' });
  tell({ kind: 'recovered', code: 'no_speaker' });
  expect(call.trouble).toBe('no_microphone');
  tell({ kind: 'recovered', code: 'no_microphone' });
  expect(call.trouble).toBe(null);
});

test('push-to-talk holds the microphone while the button is down, and lets go where the line is lost', async () => {
  const { call, controls, done, stage } = await opened({ pushToTalk: true });
  await call.open();
  call.press();
  expect(controls, 'not before the line is open').toEqual([]);
  stage('live');
  call.press();
  call.press();
  call.release();
  call.release();
  expect(controls).toEqual(['press', 'release']);
  call.press();
  stage('reconnecting', { attempt: 1 });
  expect([call.held, controls.at(-1), done.filter((one) => one.startsWith('hold')).at(-1)]).toEqual([false, 'release', 'hold false']);
});

test('the recording stands still with the clock', async () => {
  const { call, done, stage, talk } = await opened();
  await call.open();
  stage('live');
  stage('paused');
  expect(talk.paused).toBe(true);
  stage('live');
  expect(talk.paused).toBe(false);
  stage('reconnecting', { attempt: 1 });
  expect(done.filter((one) => one.startsWith('pause'))).toEqual(['pause false', 'pause true', 'pause false', 'pause true']);
});

test('a call is recorded where it is said so, not where it was wanted, and a recording that stopped is said', async () => {
  const { call, stage, tell } = await opened({ recording: true });
  await call.open();
  stage('live');
  expect(call.recording).toBe('off');
  tell({ kind: 'recording', on: true });
  expect(call.recording).toBe('on');
  tell({ kind: 'recording', on: false });
  expect(call.recording).toBe('stopped');
  stage('done', { end: 'hung_up' });
  await call.open();
  expect(call.recording, 'another call').toBe('off');
});

test('a customer who is not speaking is not cut in on; what was not understood is said until somebody speaks', async () => {
  const { call, controls, stage, tell } = await opened();
  await call.open();
  stage('live');
  call.quiet();
  tell({ kind: 'speaking', speaker: 'customer' });
  call.quiet();
  expect(controls).toEqual(['quiet']);
  tell({ kind: 'unclear' });
  expect(call.unclear).toBe(true);
  tell({ kind: 'caption', speaker: 'rep', text: 'I said' });
  expect(call.unclear).toBe(false);
});

test('that a call ends soon is said, and unsaid where somebody speaks again', async () => {
  const { call, stage, tell } = await opened();
  await call.open();
  stage('live');
  tell({ kind: 'soon', end: 'nobody_spoke', leftMs: 20_000 });
  expect(call.soon).toEqual({ end: 'nobody_spoke', leftMs: 20_000 });
  tell({ kind: 'speaking', speaker: 'rep' });
  expect(call.soon).toBeNull();
  tell({ kind: 'soon', end: 'time_cap', leftMs: 60_000 });
  tell({ kind: 'speaking', speaker: 'customer' });
  expect(call.soon?.end, 'talking does not stop the clock').toBe('time_cap');
});

test('leaving the screen hangs up and closes at once', async () => {
  const { call, controls, done, stage } = await opened();
  await call.open();
  stage('live');
  call.leave();
  expect([call.stage, controls.at(-1), done.at(-1)]).toEqual(['done', 'hang_up', 'close']);
});

test('what was typed while a call ended is not lost: the draft stays, and the talk goes on from the stored turns', async () => {
  const { call, talk, stage } = await opened();
  await call.open();
  stage('live');
  talk.draft = 'It sheds rain.';
  stage('done', { end: 'connection_lost' });
  await call.hangUp();
  expect(talk.draft).toBe('It sheds rain.');
  expect(await talk.say()).toBe(true);
  expect(talk.turns.map(({ speaker }) => speaker)).toEqual(['rep', 'customer']);
});
