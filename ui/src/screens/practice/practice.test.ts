import { expect, test } from 'vitest';
import { openFake } from '../../lib/backend/fake';
import { Practice } from './practice.svelte';

async function withOneGone() {
  const backend = openFake('?empty', null);
  const { session: gone } = await backend.start('pilbara-skeptical-medium', 'typing');
  const { practice: view } = backend;
  backend.practice = async () => {
    const seen = await view();
    return { ...seen, unfinished: seen.unfinished.map((one) => (one.session.id === gone.id ? { ...one, scenario: null, product: null } : one)) };
  };
  const practice = new Practice(backend);
  await practice.load();
  return { backend, practice, gone };
}

test('an attempt whose customer is gone can be left, and is listed no more', async () => {
  const { backend, practice, gone } = await withOneGone();
  expect([practice.view.value?.unfinished.length, practice.next]).toEqual([1, null]);
  await practice.leave(gone.id);
  expect(practice.view.value?.unfinished).toEqual([]);
  expect((await backend.debrief(gone.id)).session.status).toBe('ABANDONED');
});

test('the attempt to carry on with is the newest that can go on', async () => {
  const { backend, practice } = await withOneGone();
  const { session } = await backend.start('heritage-western-boot-friendly-easy', 'typing');
  await practice.load();
  expect(practice.next).toBe(session.id);
});
