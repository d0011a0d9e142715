import { expect, test } from 'vitest';
import { Refusal } from '../../lib/backend/backend';
import { openFake } from '../../lib/backend/fake';
import { Conversation } from './conversation.svelte';

async function opened(search = '?empty') {
  const backend = openFake(search, null);
  const { session } = await backend.start('pilbara-skeptical-medium', 'typing');
  let now = 0;
  const talk = new Conversation(backend, session.id, () => now);
  await talk.open();
  const wait = (ms: number) => {
    now += ms;
    talk.tick();
  };
  return { talk, wait };
}

test('what is refused goes back into the field, and nothing is shown as said', async () => {
  const { talk } = await opened('?empty&fail=say:disk_full:1');
  talk.draft = ' It sheds rain. ';
  expect(await talk.say()).toBe(false);
  expect([talk.draft, talk.pending, talk.turns.length, talk.refusal?.code]).toEqual(['It sheds rain.', null, 1, 'disk_full']);
  expect(await talk.say()).toBe(true);
  expect([talk.draft, talk.turns.length, talk.refusal]).toEqual(['', 3, null]);
});

test('words that were typed while a line was refused are not overwritten', async () => {
  const { talk } = await opened('?empty&fail=say:disk_full:1');
  talk.draft = 'First.';
  const saying = talk.say();
  talk.draft = 'Second.';
  await saying;
  expect(talk.draft).toBe('First.\nSecond.');
});

test('a line that was stored before its answer failed is shown and not said again', async () => {
  const { talk } = await opened('?empty&fail=say~:disk_full:1');
  await talk.askHint();
  talk.draft = 'Good morning.\nWho is it for?';
  const saying = talk.say();
  talk.draft = 'And when?';
  expect(await saying).toBe(true);
  expect([talk.draft, talk.pending, talk.refusal, talk.hint]).toEqual(['And when?', null, null, null]);
  expect(talk.turns.map(({ speaker, index }) => [speaker, index])).toEqual([
    ['customer', 0],
    ['rep', 1],
    ['customer', 2],
  ]);
});

test('while it is not known whether a line was stored, nothing is said before that is known', async () => {
  const { talk } = await opened('?empty&fail=say~:disk_full:1');
  const { backend } = talk;
  const session = backend.session;
  backend.session = () => Promise.reject(new Refusal({ code: 'disk_full', message: 'Still full.' }));
  talk.draft = 'Who is it for?';
  expect(await talk.say()).toBe(false);
  talk.draft += '\nAnd when?';
  expect(await talk.say()).toBe(false);
  expect([talk.draft, talk.refusal?.message, talk.repTurns]).toEqual(['Who is it for?\nAnd when?', 'Still full.', 0]);
  backend.session = session;
  expect(await talk.say()).toBe(true);
  expect([talk.draft, talk.refusal, talk.repTurns]).toEqual(['And when?', null, 1]);
  expect(await talk.say()).toBe(true);
  expect(talk.turns.filter(({ speaker }) => speaker === 'rep').map(({ text }) => text)).toEqual(['Who is it for?', 'And when?']);
});

test('a doubtful line that the pause brought to light leaves the field', async () => {
  const { talk } = await opened('?empty&fail=say~:disk_full:1');
  const { backend } = talk;
  const session = backend.session;
  backend.session = () => Promise.reject(new Error('gone'));
  talk.draft = 'Who is it for?';
  await talk.say();
  backend.session = session;
  await talk.pause();
  expect([talk.draft, talk.repTurns]).toEqual(['', 1]);
});

test('a refused line is not taken for the same words said before', async () => {
  const { talk } = await opened('?empty');
  talk.draft = 'Yes.';
  await talk.say();
  const say = talk.backend.say;
  talk.backend.say = () => Promise.reject(new Refusal({ code: 'database_busy', message: '' }));
  talk.draft = 'Yes.';
  expect(await talk.say()).toBe(false);
  talk.backend.say = say;
  expect([talk.draft, talk.repTurns]).toEqual(['Yes.', 1]);
});

test('a line is not said twice while it is on its way', async () => {
  const { talk } = await opened();
  talk.draft = 'Good morning.';
  const first = talk.say();
  talk.draft = 'Good morning.';
  expect(await talk.say()).toBe(false);
  await first;
  expect(talk.repTurns).toBe(1);
});

test('the clock counts practice alone: not while it is stopped, not after the end', async () => {
  const { talk, wait } = await opened();
  wait(5000);
  const running = talk.elapsed;
  expect(running).toBeGreaterThanOrEqual(5000);
  await talk.pause();
  const stopped = talk.elapsed;
  wait(60_000);
  expect(talk.elapsed).toBe(stopped);
});

test('the talk is over when the customer says so, and then nothing more is said', async () => {
  const { talk } = await opened();
  for (let i = 0; i < 8; i += 1) {
    talk.draft = `Line ${i}.`;
    await talk.say();
  }
  expect([talk.over, talk.decision]).toEqual([true, 'buy']);
  talk.draft = 'One more thing.';
  expect(await talk.say()).toBe(false);
  expect(talk.draft).toBe('One more thing.');
});

test('asking again closes the hint, and saying something does', async () => {
  const { talk } = await opened();
  await talk.askHint();
  expect(talk.hint).not.toBeNull();
  await talk.askHint();
  expect(talk.hint).toBeNull();
  await talk.askHint();
  talk.draft = 'What happened to the last one?';
  await talk.say();
  expect(talk.hint).toBeNull();
});

test('leaving the screen stops the clock; a talk that has ended is left alone', async () => {
  const backend = openFake('?empty', null);
  const { session } = await backend.start('pilbara-skeptical-medium', 'typing');
  const talk = new Conversation(backend, session.id, () => 0);
  await talk.open();
  talk.depart();
  await backend.boot();
  expect((await backend.session(session.id)).session.paused).toBe(true);

  const resuming = new Conversation(backend, session.id, () => 0);
  await resuming.open();
  const resumed = resuming.pause();
  resuming.depart();
  await resumed;
  resuming.depart();
  await backend.boot();
  expect((await backend.session(session.id)).session.paused, 'the clock was started after the screen was left').toBe(true);

  const again = new Conversation(backend, session.id, () => 0);
  await again.open();
  await again.pause();
  await again.complete();
  again.depart();
  await backend.boot();
  expect((await backend.session(session.id)).session).toMatchObject({ status: 'COMPLETED', paused: false });
});

test('the clock runs where the host says that it does', async () => {
  const { talk, wait } = await opened();
  wait(3_000);
  expect(talk.elapsed).toBe(3_000);
  const { resume } = talk.backend;
  talk.backend.resume = async (id) => ({ ...(await resume(id)), running: false });
  await talk.pause();
  const stood = talk.elapsed;
  await talk.pause();
  wait(3_000);
  expect([talk.paused, talk.elapsed], 'a talk by voice whose line is not open').toEqual([false, stood]);
});
