// Talking by voice, against a host that plays the whole call: every state has its screen and its way on, by mouse and by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture, sideways } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const BRIEFING = '#/briefing/pilbara-skeptical-medium';
const press = (page, name) => page.getByRole('button', { name }).first().click();
const talk = (page) => press(page, 'Start talking');
const seen = (text) => async (page) => page.getByText(text).first().waitFor();
/** Starts, and waits until this is on the screen. */
const until = (text) => async (page) => {
  await talk(page);
  await page.getByText(text).first().waitFor();
};
const then =
  (...acts) =>
  async (page) => {
    for (const act of acts) await act(page);
  };
/** The caption of this turn is in the midst of being said. */
const caption = (index) => async (page) => {
  await talk(page);
  await page.waitForFunction((n) => document.querySelectorAll('.turn').length > n, index);
  await page.waitForTimeout(150);
};

// An address, and what is done there before the screen is looked at.
const screens = {
  'voice-briefing': [`?voice${BRIEFING}`, seen('Microphone hears you')],
  'voice-briefing-quiet': [`?voice&quiet&recording=no${BRIEFING}`, seen('Say a sentence')],
  'voice-briefing-laptop': [
    `?voice&recording${BRIEFING}`,
    then(seen('Microphone hears you'), (page) => press(page, 'Use the laptop'), seen('The customer may hear itself')),
  ],
  'voice-briefing-key': [`${BRIEFING}`, (page) => page.getByText('By voice', { exact: true }).click()],
  'voice-briefing-none': [`?novoice${BRIEFING}`, (page) => page.getByText('By voice', { exact: true }).click()],
  'voice-briefing-microphone': [`?voice&fail=listen:no_microphone${BRIEFING}`, seen('No microphone is there.')],
  'voice-connecting': [`?voice&recording=no&call=connecting${BRIEFING}`, until('Calling the customer…')],
  'voice-customer': [`?voice&recording=no&pace=40&until=8&call=cut${BRIEFING}`, caption(8)],
  'voice-rep': [`?voice&recording&showFigures&pace=40&until=7${BRIEFING}`, caption(7)],
  'voice-held': [
    `?voice&recording=no&pushToTalk&pace=40&until=1${BRIEFING}`,
    then(
      until('Hold the button and talk'),
      (page) => page.keyboard.down(' '),
      seen('Listening…'),
      (page) => page.waitForTimeout(200),
    ),
  ],
  'voice-muted': [
    `?voice&recording=no&pace=40&until=3${BRIEFING}`,
    then(caption(3), (page) => page.keyboard.press('m'), seen('Your microphone is off')),
  ],
  'voice-hint': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    then(caption(4), (page) => page.keyboard.press('h'), seen('A hint, since you asked')),
  ],
  'voice-paused': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    then(caption(4), (page) => page.keyboard.press('p'), seen('The clock is stopped')),
  ],
  'voice-reconnecting': [`?voice&recording=no&pace=4&call=reconnecting${BRIEFING}`, until('Try 2 of 3')],
  'voice-lost': [`?voice&recording=no&pace=40&call=lost${BRIEFING}`, until('The voice line dropped. Type to carry on.')],
  'voice-blocked': [`?voice&recording=no&pace=40&call=blocked${BRIEFING}`, until('The voice line could not be opened')],
  'voice-refused': [`?voice&recording=no&fail=openCall:key_refused${BRIEFING}`, until('The service did not take the call')],
  'voice-microphone-refused': [`?voice&recording=no&fail=openCall:microphone_refused${BRIEFING}`, until('The microphone could not be opened')],
  'voice-expired': [`?voice&recording=no&pace=40&call=expired${BRIEFING}`, until('The service ended this voice session')],
  'voice-mic-lost': [`?voice&recording=no&pace=40&call=mic-lost${BRIEFING}`, until('The microphone is gone')],
  'voice-cost': [`?voice&recording=no&pace=40&call=cost${BRIEFING}`, until('the most it may cost')],
  'voice-end': [`?voice&recording=no&pace=40&until=4${BRIEFING}`, then(caption(4), (page) => press(page, 'End'))],
  'voice-typing': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    then(
      caption(4),
      (page) => page.keyboard.press('t'),
      (page) => page.getByRole('textbox').fill('It fades in two weeks of wear.'),
      seen('Your turn'),
    ),
  ],
  'voice-over': [`?voice&recording=no&pace=200${BRIEFING}`, until('See the debrief')],
  'voice-open': ['?voice#/talk/voice-open', seen('Carry on talking')],
  'voice-debrief': ['?voice#/debrief/voice-61'],
  'voice-debrief-playing': [
    '?voice#/debrief/voice-61',
    then(
      (page) => press(page, 'Play from 0:40'),
      (page) => page.locator('li.heard').waitFor(),
      (page) => press(page, 'Pause'),
    ),
  ],
  'voice-debrief-delete': ['?voice#/debrief/voice-61', then((page) => press(page, 'Delete'), seen('Delete this recording?'))],
  'voice-settings': ['?voice&retiring#/settings?at=voice', seen('Test it')],
  'voice-settings-key': ['#/settings?at=voice', seen('Save the key')],
  'voice-settings-refused': [
    '#/settings?at=voice',
    async (page) => {
      await page.getByLabel('Key of the service').fill('sk-this-one-is-bad');
      await press(page, 'Save the key');
      await page.getByText('The service does not take this key.').waitFor();
    },
  ],
  'voice-settings-own': [
    '#/settings?at=voice',
    then(
      (page) => page.getByText('Compatible server').click(),
      (page) => page.getByLabel('Address').waitFor(),
    ),
  ],
};

const wanted = process.env.ONLY ? new RegExp(process.env.ONLY) : null;

async function everyScreen(options, look) {
  for (const [name, [address, act]] of Object.entries(screens)) {
    if (wanted && !wanted.test(name)) continue;
    const { page, complaints, close } = await stage.window(address, options);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await look(name, page);
    assert.deepEqual(complaints, [], name);
    await close();
  }
}

test('no state of voice has an accessibility violation, in light, dark and high contrast', async () => {
  const found = {};
  await everyScreen({}, async (name, page) => {
    for (const theme of ['light', 'dark', 'contrast']) {
      await page.evaluate((to) => {
        document.documentElement.dataset.theme = to;
      }, theme);
      await picture(page, `${name}-${theme}`);
      const violations = await accessibility(page);
      if (violations.length > 0) found[`${name} in ${theme}`] = violations;
    }
  });
  assert.deepEqual(found, {});
});

test('no state of voice scrolls sideways; in the smallest window its one red button is in sight', async () => {
  const wide = {};
  await everyScreen({}, async (name, page) => {
    for (const [width, height] of [
      [1024, 768],
      [900, 600],
      [320, 640],
    ]) {
      await page.setViewportSize({ width, height });
      await picture(page, `${name}-${width}`);
      const by = await sideways(page);
      if (by > 0) wide[`${name} at ${width}`] = by;
      if (width !== 900) continue;
      const dialog = page.getByRole('dialog');
      const red = ((await dialog.count()) > 0 ? dialog : page).locator('.btn.go:visible');
      assert.ok((await red.count()) <= 1, name);
      if ((await red.count()) === 1 && (await page.evaluate(() => scrollY)) === 0) {
        const box = await red.boundingBox();
        assert.ok(box.y + box.height <= 600, `${name}: ${Math.round(box.y + box.height)}`);
      }
    }
  });
  assert.deepEqual(wide, {});
});
