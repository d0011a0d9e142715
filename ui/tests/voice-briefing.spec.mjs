// Before a talk by voice: the device check, what is missing for one, and whether it is recorded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BRIEFING, caption, look, press, seen, stageOfTests, inTurn } from './voice.mjs';

const stage = stageOfTests();

// An address, and what is done there before the screen is looked at.
look(stage, 'the briefing by voice', {
  'voice-briefing-gone': [`?voice&gone&recording=no${BRIEFING}`, seen('gpt-realtime-2.1 is gone')],
  'voice-briefing': [`?voice${BRIEFING}`, seen('Microphone hears you')],
  'voice-briefing-quiet': [`?voice&quiet&recording=no${BRIEFING}`, seen('Say a sentence')],
  'voice-briefing-laptop': [
    `?voice&recording${BRIEFING}`,
    inTurn(seen('Microphone hears you'), (page) => press(page, 'Use the laptop'), seen('The customer may hear itself')),
  ],
  'voice-briefing-key': [`${BRIEFING}`, (page) => page.getByText('By voice', { exact: true }).click()],
  'voice-briefing-hub': [`?voice&hub&recording=no${BRIEFING}`, seen('sell.pecosrivertraders.com is ready')],
  'voice-briefing-hub-limit': [`?voice&hub&fail=testKey:quota_used_up${BRIEFING}`, seen('What may be spent')],
  'voice-briefing-none': [`?novoice${BRIEFING}`, (page) => page.getByText('By voice', { exact: true }).click()],
  'voice-briefing-microphone': [`?voice&fail=listen:no_microphone${BRIEFING}`, seen('No microphone is there.')],
  'voice-briefing-refused': [`?voice&fail=testKey:key_refused${BRIEFING}`, seen('would not take a call')],
  'voice-briefing-blocked': [`?voice&fail=testKey:service_unavailable${BRIEFING}`, seen('would not take a call')],
});

test('recording is asked once, is said while it runs, and is off where it was not wanted', async () => {
  const { page, complaints, close } = await stage.window(`?voice&pace=40&until=2${BRIEFING}`);
  await press(page, 'Record');
  await page.getByText('Both voices are recorded').waitFor();
  await caption(2)(page);
  await page.getByText('Recording', { exact: true }).waitFor();
  await page.goto(`${stage.url}?voice${BRIEFING}`);
  await page.getByText('Both voices are recorded').waitFor();
  assert.equal(await page.getByText('Record your talks?').count(), 0);
  await page.goto(`${stage.url}#/settings?at=voice`);
  const record = page.getByRole('switch', { name: 'Record talks by voice' });
  await record.click();
  assert.equal(await record.getAttribute('aria-checked'), 'false');
  assert.deepEqual(complaints, []);
  await close();
});

test('without a key typing is the choice, and voice says what it lacks and where it is put right', async () => {
  const { page, complaints, close } = await stage.window(BRIEFING);
  assert.ok(await page.getByRole('radio', { name: 'By typing' }).isChecked());
  await page.getByText('By voice', { exact: true }).click();
  await page.getByText('No key yet').waitFor();
  await page.getByRole('link', { name: 'Set up voice' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'voice-h');
  await page.getByLabel('Key of the service').fill('sk-test-key-9876');
  await page.keyboard.press('Enter');
  await page.getByText('The service takes the key and has the model.').waitFor();
  await page.getByText('A key ending 9876').waitFor();
  assert.equal(await page.getByLabel('Key of the service').inputValue(), '', 'it is nowhere in the window');
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML.includes('sk-test')), false);
  await page.goBack();
  await page.getByText('api.openai.com is ready').waitFor();
  assert.ok(await page.getByRole('radio', { name: 'By voice' }).isChecked());
  assert.deepEqual(complaints, []);
  await close();
});
