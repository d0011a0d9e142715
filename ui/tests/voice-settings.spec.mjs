// Settings of voice: the service, its key, its models.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BRIEFING, inTurn, look, press, seen, stageOfTests } from './voice.mjs';

const stage = stageOfTests();

// An address, and what is done there before the screen is looked at.
look(stage, 'the settings of voice', {
  'voice-settings-gone': ['?voice&gone#/settings?at=voice', seen('no longer has gpt-realtime-2.1')],
  'voice-settings': ['?voice&retiring#/settings?at=voice', seen('Test it')],
  'voice-settings-key': ['#/settings?at=voice', seen('Save the key')],
  'voice-settings-refused': [
    '#/settings?at=voice',
    async (page) => {
      await page.getByLabel('Key of the service').fill('sk-this-one-is-bad');
      await press(page, 'Save the key');
      await page.getByText('The service does not take this key or access token.').waitFor();
    },
  ],
  'voice-settings-own': [
    '#/settings?at=voice',
    inTurn(
      (page) => page.getByText('Compatible server').click(),
      (page) => page.getByLabel('Address').waitFor(),
    ),
  ],
  'voice-settings-hub': ['?hub#/settings?at=voice', seen('Save the token')],
  'voice-settings-hub-kept': [
    '?hub#/settings?at=voice',
    async (page) => {
      await page.getByLabel('Your access token').fill('prt_token_of_dana_9876');
      await press(page, 'Save the token');
      await page.getByText('The hub takes the token.').waitFor();
    },
  ],
  'voice-settings-hub-refused': [
    '?hub#/settings?at=voice',
    async (page) => {
      await page.getByLabel('Your access token').fill('prt_this_one_is_bad');
      await press(page, 'Save the token');
      await page.getByText('The service does not take this key or access token.').waitFor();
    },
  ],
  'voice-settings-address': [
    '#/settings?at=voice',
    async (page) => {
      await page.getByText('Compatible server').click();
      await page.getByLabel('Address').fill('notaurl');
      await press(page, 'Save');
      await page.getByText('The server’s address cannot be read.').waitFor();
      assert.equal(await page.getByLabel('Address').inputValue(), 'notaurl', 'what was typed can be put right');
    },
  ],
});

test('a model that the service has no longer is said without anybody waiting for it, with the way to another', async () => {
  const { page, complaints, close } = await stage.window('?voice&gone#/settings?at=voice');
  await page.getByText('The service no longer has gpt-realtime-2.1.').waitFor();
  await press(page, 'Choose gpt-realtime-2.1-mini');
  await page.getByText('api.openai.com has it.').waitFor();
  await page.goto(`${stage.url}?voice&gone${BRIEFING}`);
  await page.getByText('api.openai.com is ready').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('through the company’s hub an address and an access token are all there is to set, and the token is nowhere in the window', async () => {
  const { page, complaints, close } = await stage.window('#/settings?at=voice');
  await page.getByLabel('Key of the service').fill('sk-not-for-the-hub-1234');
  await page.getByText('Company hub').click();
  assert.equal(await page.getByLabel('Address').inputValue(), 'https://sell.pecosrivertraders.com');
  const token = page.getByLabel('Your access token');
  assert.equal(await token.inputValue(), '', 'what was typed for one service is not saved for another');
  assert.equal(await page.getByText('Chosen by the hub').count(), 2);
  await page.getByText('Limited by the hub').waitFor();
  for (const choice of ['Model', 'The customer’s voice', 'Most a call may cost'])
    assert.equal(await page.getByRole('button', { name: choice }).count(), 0, choice);

  await page.getByLabel('Address').fill('notaurl');
  await press(page, 'Save');
  await page.getByText('The server’s address cannot be read.').waitFor();
  await page.getByLabel('Address').fill('https://hub.example.com/sellme');
  await press(page, 'Save');
  await page.getByText('Saved.').waitFor();

  await token.fill('prt_token_of_dana_9876');
  await page.keyboard.press('Enter');
  await page.getByText('The hub takes the token.').waitFor();
  await page.getByText('A token ending 9876 is kept in the system’s keyring.').waitFor();
  assert.equal(await token.inputValue(), '');
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML.includes('prt_token')), false);
  await page.goto(`${stage.url}${BRIEFING}`);
  await page.getByText('hub.example.com is ready').waitFor();
  await page.getByText('Token ending 9876').waitFor();
  assert.equal(await page.getByText('Estimated cost').count(), 0);

  await page.goto(`${stage.url}#/settings?at=voice`);
  await press(page, 'Remove it');
  await page.getByText('The token is removed.').waitFor();
  await page.goto(`${stage.url}${BRIEFING}`);
  await page.getByText('By voice', { exact: true }).click();
  await page.getByText('No access token yet').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('what the host and the service say of voice finds its room: nothing that stands is moved', async () => {
  for (const [address, said] of [
    ['?voice&slow=400', 'A key ending'],
    ['?slow=400', 'None is kept yet.'],
    ['?slow=400&hub', 'None is kept yet.'],
    ['?voice&slow=400&retiring', 'ends on'],
    ['?voice&slow=400&gone', 'no longer has'],
  ]) {
    for (const [width, height] of [
      [1280, 800],
      [1024, 768],
    ]) {
      const { page, close } = await stage.window(`${address}#/practice`);
      await page.setViewportSize({ width, height: 3 * height });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            for (const { node, previousRect: from, currentRect: to } of entry.sources) {
              // A choice that grows to the left as its name comes stays in its row.
              if (from.y === to.y && from.height === to.height) continue;
              const of = node instanceof Element ? node : node?.parentElement;
              window.shifts.push(`${of?.tagName}.${of?.className} ${of?.textContent?.trim().slice(0, 40)}: ${from.y} → ${to.y}`);
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(`${stage.url}${address}#/settings`);
      await page.reload();
      await page.getByText(said).first().waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate(() => window.shifts), [], `${address} at ${width}`);
      await close();
    }
  }
});
