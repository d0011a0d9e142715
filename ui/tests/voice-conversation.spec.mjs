// Talking by voice, against a host that plays the whole call: every state has its screen and its way on, by mouse and by keyboard.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BRIEFING, caption, focused, look, press, seen, stageOfTests, talk, inTurn, until } from './voice.mjs';

const stage = stageOfTests();

// An address, and what is done there before the screen is looked at.
look(stage, 'the conversation by voice', {
  'voice-customer': [`?voice&recording=no&pace=40&until=8&call=cut${BRIEFING}`, caption(8)],
  'voice-rep': [`?voice&recording&showFigures&pace=40&until=7${BRIEFING}`, caption(7)],
  'voice-unrecorded': [`?voice&recording&pace=40&until=3&call=unrecorded${BRIEFING}`, inTurn(caption(3), seen('no longer recorded'))],
  'voice-soon': [`?voice&recording=no&pace=40&until=3&call=soon${BRIEFING}`, inTurn(caption(3), seen('It ends in 60 seconds'))],
  'voice-trouble': [`?voice&recording=no&pace=40&until=3&call=trouble${BRIEFING}`, inTurn(caption(3), seen('another recognizer'))],
  'voice-unclear': [
    `?voice&recording=no&pushToTalk&pace=40&call=unclear${BRIEFING}`,
    inTurn(
      until('Hold the button and talk'),
      (page) => page.keyboard.down(' '),
      (page) => page.keyboard.up(' '),
      (page) => page.locator('#turn-2').waitFor(),
      (page) => page.keyboard.down(' '),
      (page) => page.keyboard.up(' '),
      seen('That could not be made out'),
    ),
  ],
  'voice-held': [
    `?voice&recording=no&pushToTalk&pace=40&until=1${BRIEFING}`,
    inTurn(
      until('Hold the button and talk'),
      (page) => page.keyboard.down(' '),
      seen('Listening…'),
      (page) => page.waitForTimeout(200),
    ),
  ],
  'voice-muted': [
    `?voice&recording=no&pace=40&until=3${BRIEFING}`,
    inTurn(caption(3), (page) => page.keyboard.press('m'), seen('Your microphone is off')),
  ],
  'voice-hint': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    inTurn(caption(4), (page) => page.keyboard.press('h'), seen('A hint, since you asked')),
  ],
  'voice-paused': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    inTurn(caption(4), (page) => page.keyboard.press('p'), seen('The clock is stopped')),
  ],
  'voice-end': [`?voice&recording=no&pace=40&until=4${BRIEFING}`, inTurn(caption(4), (page) => press(page, 'End'))],
  'voice-over': [`?voice&recording=no&pace=200${BRIEFING}`, until('See the debrief')],
});

test('from opening to talking in two clicks, and to the debrief when the customer has decided', async () => {
  const { page, complaints, close } = await stage.window('?voice&recording=no&pace=60');
  await page.getByRole('link', { name: 'Carry on' }).first().waitFor();
  await page.goto(`${stage.url}?voice&recording=no&pace=60&empty`);
  await page.getByRole('link', { name: 'Start' }).first().click();
  await talk(page);
  await page.getByText('Connected').waitFor();
  await page.getByRole('heading', { name: /^The customer bought/ }).waitFor();
  assert.match(await focused(page), /See the debrief/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'How the line was' }).waitFor();
  await page.getByText('By voice').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('mute, repeat, pause and cutting in have their keys, and the space bar presses what has the focus', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=6&until=8${BRIEFING}`);
  await until('Connected')(page);
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Unmute' }).waitFor();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
  await page.locator('#turn-2, .turn.c.caption').last().waitFor();
  await page.getByRole('button', { name: /Cut in/ }).waitFor();
  await page.keyboard.press(' ');
  await page.getByText('cut off').first().waitFor();
  await page.keyboard.press('r');
  await page.getByText(/^The customer said:/).waitFor({ state: 'attached' });
  await page.keyboard.press('p');
  await page.getByText('The clock is stopped').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'resume');
  await page.keyboard.press(' ');
  await page.getByText('Connected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'End this conversation?' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('with push-to-talk the space bar, the pointer and a plain press all hold the button', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&pushToTalk&pace=40${BRIEFING}`);
  await until('Hold the button and talk')(page);
  await page.waitForFunction(() => document.activeElement?.id === 'talk');
  const button = page.locator('#talk');
  await page.keyboard.down(' ');
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.keyboard.up(' ');
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await page.locator('#turn-2').waitFor();
  await button.hover();
  await page.mouse.down();
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.mouse.up();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await page.keyboard.press('Enter');
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('Enter');
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.deepEqual(complaints, []);
  await close();
});

test('the customer of a typed talk is read aloud where that was chosen, each line once', async () => {
  const { page, complaints, close } = await stage.window('#/practice');
  await page.addInitScript(() => {
    window.said = [];
    Object.defineProperty(window, 'speechSynthesis', { value: { speak: ({ text }) => window.said.push(text), cancel: () => undefined } });
  });
  await page.goto(`${stage.url}?empty&spokenPartner${BRIEFING}`);
  await talk(page);
  await page.getByRole('textbox').fill('Good morning.');
  await page.keyboard.press('Enter');
  await page.locator('#turn-2').waitFor();
  const shown = await page.locator('.turn.c p').allInnerTexts();
  assert.deepEqual(await page.evaluate(() => window.said), shown);
  assert.deepEqual(complaints, []);
  await close();
});

test('the wave holds still where nothing should move', async () => {
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const { page, close } = await stage.window(`?voice&recording=no&pace=40&until=2${BRIEFING}`, { reducedMotion });
    await caption(2)(page);
    const name = await page
      .locator('.wave i')
      .first()
      .evaluate((bar) => getComputedStyle(bar).animationName);
    assert.equal(name === 'none', reducedMotion === 'reduce');
    await close();
  }
});
