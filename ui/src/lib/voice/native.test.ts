import { expect, test } from 'vitest';
import type { Backend } from '../backend/backend';
import { NativeTransport } from './native';
import { usualVoice } from './usual';

function stage() {
  const controls: string[] = [];
  const opened: (() => void)[] = [];
  const backend = {
    openCall: () => new Promise((resolve) => opened.push(() => resolve({ sdp: null }))),
    control: async (_id: string, { kind }: { kind: string }) => void controls.push(kind),
  } as unknown as Backend;
  const transport = () => new NativeTransport({ backend, id: 's', settings: usualVoice, elapsed: () => 0 });
  return { controls, opened, transport };
}

test('a call that was given up before the host knew of it does not talk on with nobody', async () => {
  const { controls, opened, transport } = stage();
  const one = transport();
  const opening = one.open(() => undefined);
  await one.close();
  opened[0]?.();
  await opening;
  expect(controls).toEqual(['hang_up']);
});

test('what is opened again is not ended by the one before it', async () => {
  const { controls, opened, transport } = stage();
  const [one, two] = [transport(), transport()];
  const first = one.open(() => undefined);
  await one.close();
  const second = two.open(() => undefined);
  for (const open of opened) open();
  await Promise.all([first, second]);
  expect(controls).toEqual([]);
});
