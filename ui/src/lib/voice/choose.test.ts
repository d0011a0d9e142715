import { expect, test, vi } from 'vitest';
import type { Backend } from '../backend/backend';
import { hear } from './choose';

test('a microphone that opens late does not end the one that is tried after it', async () => {
  const opens: (() => void)[] = [];
  const stopListening = vi.fn(() => Promise.resolve());
  const listen = () => new Promise<void>((resolve) => opens.push(resolve));
  const backend = { listen, stopListening } as unknown as Backend;
  const first = hear('native', backend, 'slow', () => undefined);
  const second = hear('native', backend, 'quick', () => undefined);
  opens[1]?.();
  const stopSecond = await second;
  opens[0]?.();
  const stopFirst = await first;
  stopFirst();
  expect(stopListening).not.toHaveBeenCalled();
  stopSecond();
  stopSecond();
  expect(stopListening).toHaveBeenCalledTimes(1);
});
