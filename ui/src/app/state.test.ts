import { expect, test, vi } from 'vitest';
import { openFake } from '../lib/backend/fake';
import type { Settings } from '../lib/bindings';
import type { Router } from './router.svelte';
import { AppState } from './state.svelte';

vi.mock(import('./appearance'), () => ({ applySettings: () => undefined, followSystem: () => undefined }));

test('the answer to an earlier choice does not undo a later one', async () => {
  const backend = openFake('', null);
  const app = new AppState(backend, {} as Router);
  await app.open();
  const answers: ((settings: Settings) => void)[] = [];
  backend.saveSettings = () => new Promise((resolve) => answers.push(resolve));
  const first = app.change({ theme: 'dark' });
  const second = app.change({ reducedMotion: true });
  answers[0]?.({ ...app.settings, reducedMotion: false });
  await first;
  expect(app.settings.reducedMotion).toBe(true);
  answers[1]?.(app.settings);
  await second;
  expect(app.settings).toMatchObject({ theme: 'dark', reducedMotion: true });
});
