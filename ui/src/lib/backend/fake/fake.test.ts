// What every backend promises, held against the fake: what holds here is what the screens rely on.

import { expect, test } from 'vitest';
import type { Quote } from '../../bindings';
import { wordsAt } from '../../spans/spans';
import { openFake } from '.';

const scenario = 'pilbara-skeptical-medium';

test('a turn is stored with its answer, and the session goes on from there', async () => {
  const backend = openFake('?empty', null);
  const { session, turns } = await backend.start(scenario, 'typing');
  expect(turns.map(({ speaker }) => speaker)).toEqual(['customer']);
  const { rep, customer } = await backend.say(session.id, '  What do you use it for?  ');
  expect([rep.index, rep.text, customer.index, customer.speaker]).toEqual([1, 'What do you use it for?', 2, 'customer']);
  expect((await backend.session(session.id)).turns).toHaveLength(3);
});

test('an empty or huge line is refused and changes nothing', async () => {
  const backend = openFake('?empty', null);
  const { session } = await backend.start(scenario, 'typing');
  for (const text of ['', '   ', 'x'.repeat(100_000)]) await expect(backend.say(session.id, text)).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await backend.session(session.id)).turns).toHaveLength(1);
});

test('nothing is said, hinted, paused or ended after the end', async () => {
  const backend = openFake('', null);
  for (const call of ['pause', 'resume', 'hint', 'complete', 'abandon'] as const)
    await expect(backend[call]('sample-61'), call).rejects.toMatchObject({ code: 'wrong_state' });
  await expect(backend.say('sample-61', 'Still here?')).rejects.toMatchObject({ code: 'wrong_state' });
});

test('what is not there is not found', async () => {
  const backend = openFake('', null);
  for (const call of ['briefing', 'session', 'debrief', 'product', 'exportSession', 'chooseProfile'] as const)
    await expect(backend[call]('gone'), call).rejects.toMatchObject({ code: 'not_found' });
  await expect(backend.start('gone', 'voice')).rejects.toMatchObject({ code: 'not_found' });
});

test('every quote of a report is the text at its span', async () => {
  const backend = openFake('', null);
  const { rows } = await backend.history({ offset: 0, limit: 0 });
  for (const { session } of rows) {
    const { report, turns } = await backend.debrief(session.id);
    for (const { turn, span, text } of quotes(report)) expect(wordsAt(turns[turn]?.text ?? '', span)).toBe(text);
  }
});

test('pages of the history follow each other without a gap', async () => {
  const backend = openFake('', null);
  const all = (await backend.history({ offset: 0, limit: 50 })).rows.map(({ session }) => session.id);
  const paged = [...(await backend.history({ offset: 0, limit: 7 })).rows, ...(await backend.history({ offset: 7, limit: 50 })).rows].map(
    ({ session }) => session.id,
  );
  expect(paged).toEqual(all);
});

test('one person never sees another’s attempts', async () => {
  const backend = openFake('', null);
  await backend.createProfile('Sam Ortega');
  expect((await backend.history({ offset: 0, limit: 0 })).total).toBe(0);
  await expect(backend.debrief('sample-61')).rejects.toMatchObject({ code: 'not_found' });
});

test('a name is taken once, however it is written', async () => {
  const backend = openFake('', null);
  await expect(backend.createProfile('dana WHITFIELD')).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await backend.renameProfile('user-1', 'Dana WHITFIELD')).name).toBe('Dana WHITFIELD');
});

test('after somebody deleted theirs nobody is chosen, and the others are still there', async () => {
  const backend = openFake('', null);
  const { id } = await backend.createProfile('Sam Ortega');
  await backend.chooseProfile('user-1');
  await backend.deleteEverything('Dana Whitfield');
  expect(await backend.boot()).toMatchObject({ profile: null, profiles: [{ id }] });
  expect((await backend.chooseProfile(id)).profile?.name).toBe('Sam Ortega');
});

test('a line whose answer failed is stored once, and answered when the session is opened', async () => {
  const backend = openFake('?empty&fail=say~:disk_full:1', null);
  const { session } = await backend.start(scenario, 'typing');
  await expect(backend.say(session.id, 'Who is it for?')).rejects.toMatchObject({ code: 'disk_full' });
  expect((await backend.session(session.id)).turns.map(({ speaker }) => speaker)).toEqual(['customer', 'rep', 'customer']);
});

test('deleting takes the name exactly, and leaves nothing', async () => {
  const backend = openFake('', null);
  await expect(backend.deleteEverything('dana')).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await backend.deleteEverything('Dana Whitfield')).sessions).toBeGreaterThan(10);
  expect((await backend.boot()).profile).toBeNull();
});

test('a fault happens as often as it was asked for', async () => {
  const backend = openFake('?fail=practice:database_busy:2', null);
  await expect(backend.practice()).rejects.toMatchObject({ code: 'database_busy' });
  await expect(backend.practice()).rejects.toMatchObject({ code: 'database_busy' });
  await expect(backend.practice()).resolves.toBeTruthy();
});

test('an answer is a copy: changing it changes nothing', async () => {
  const backend = openFake('', null);
  (await backend.debrief('sample-61')).turns.length = 0;
  expect((await backend.debrief('sample-61')).turns.length).toBeGreaterThan(10);
});

function quotes(value: unknown): Quote[] {
  if (Array.isArray(value)) return value.flatMap(quotes);
  if (typeof value !== 'object' || value === null) return [];
  return 'turn' in value && 'span' in value && 'text' in value ? [value as Quote] : Object.values(value).flatMap(quotes);
}
