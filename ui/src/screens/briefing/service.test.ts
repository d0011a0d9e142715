import { expect, test } from 'vitest';
import type { Backend } from '../../lib/backend';
import { Refusal } from '../../lib/backend/backend';
import type { KeyTest } from '../../lib/bindings';
import { ServiceCheck } from './service.svelte';

const taken: KeyTest = { accepted: true, hasModel: true, refusal: null };
const refusing = (code: 'key_refused' | 'service_unavailable' | 'invalid_input'): KeyTest => ({
  accepted: false,
  hasModel: null,
  refusal: { code, message: 'Why.' },
});
const that = (answer: () => Promise<KeyTest>) => new ServiceCheck({ testKey: answer } as unknown as Backend);

test('a service is ready where it says so itself, and nowhere else', async () => {
  for (const [told, provider, state, code] of [
    [taken, 'open_ai', 'ready', undefined],
    [{ ...taken, hasModel: null }, 'compatible', 'ready', undefined],
    [{ ...taken, hasModel: false }, 'open_ai', 'no-model', undefined],
    [refusing('key_refused'), 'open_ai', 'refused', 'key_refused'],
    [refusing('service_unavailable'), 'compatible', 'refused', 'service_unavailable'],
    [refusing('invalid_input'), 'open_ai', 'refused', 'invalid_input'],
    [refusing('invalid_input'), 'compatible', 'silent', undefined],
  ] as const) {
    const check = that(async () => told);
    const asking = check.ask(provider);
    expect(check.state).toBe('asking');
    await asking;
    expect([check.state, check.refusal?.code], JSON.stringify(told)).toEqual([state, code]);
  }
  const check = that(() => Promise.reject(new Refusal({ code: 'key_missing', message: '' })));
  await check.ask('open_ai');
  expect([check.state, check.refusal?.code]).toEqual(['refused', 'key_missing']);
});

test('an answer that comes too late is nobody’s any more', async () => {
  let answer: (told: KeyTest) => void = () => undefined;
  const check = that(() => new Promise((resolve) => (answer = resolve)));
  const asking = check.ask('open_ai');
  check.forget();
  answer(taken);
  await asking;
  expect(check.state).toBe('idle');
});
