import { expect, test, vi } from 'vitest';
import { openFake } from '../lib/backend/fake';
import { parse, type Router } from './router.svelte';
import { AppState } from './state.svelte';

vi.mock(import('./appearance'), () => ({ applySettings: () => undefined, followSystem: () => undefined }));

function counted(search: string) {
  const backend = openFake(search, null);
  const { practice } = backend;
  let asked = 0;
  backend.practice = () => {
    asked += 1;
    return practice();
  };
  return { app: new AppState(backend, { route: parse('') } as Router), asked: () => asked };
}

test('the home screen is asked for together with who practises, and its answer is taken once', async () => {
  const { app, asked } = counted('');
  const opened = app.open();
  expect(asked()).toBe(1);
  await opened;
  await app.practice();
  expect(asked()).toBe(1);
  await app.practice();
  expect(asked()).toBe(2);
});

test('what was asked for before anybody practised is not shown to them', async () => {
  const { app, asked } = counted('?first');
  await app.open();
  expect(app.boot?.profile).toBeNull();
  await app.practice();
  expect(asked()).toBe(2);
});
