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
  'voice-briefing-refused': [`?voice&fail=testKey:key_refused${BRIEFING}`, seen('would not take a call')],
  'voice-briefing-blocked': [`?voice&fail=testKey:service_unavailable${BRIEFING}`, seen('would not take a call')],
  'voice-connecting': [`?voice&recording=no&call=connecting${BRIEFING}`, until('Calling the customer…')],
  'voice-customer': [`?voice&recording=no&pace=40&until=8&call=cut${BRIEFING}`, caption(8)],
  'voice-rep': [`?voice&recording&showFigures&pace=40&until=7${BRIEFING}`, caption(7)],
  'voice-soon': [`?voice&recording=no&pace=40&until=3&call=soon${BRIEFING}`, then(caption(3), seen('It ends in 60 seconds'))],
  'voice-unrecorded': [`?voice&recording&pace=40&until=3&call=unrecorded${BRIEFING}`, then(caption(3), seen('no longer recorded'))],
  'voice-trouble': [`?voice&recording=no&pace=40&until=3&call=trouble${BRIEFING}`, then(caption(3), seen('another recognizer'))],
  'voice-unclear': [
    `?voice&recording=no&pushToTalk&pace=40&call=unclear${BRIEFING}`,
    then(
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

const focused = (page) =>
  page.evaluate(
    () => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent?.trim(),
  );

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

test('at any moment the talk goes on by typing, with every turn and the same customer, and by voice again', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=30&until=4${BRIEFING}`);
  await caption(4)(page);
  const before = await page.locator('.turn:not(.caption)').allInnerTexts();
  await page.keyboard.press('t');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('It fades in two weeks of wear.');
  await page.keyboard.press('Enter');
  await page.getByText('It fades in two weeks of wear.').waitFor();
  await page.waitForFunction((n) => document.querySelectorAll('.turn').length >= n + 2, before.length);
  const after = await page.locator('.turn').allInnerTexts();
  assert.deepEqual(after.slice(0, before.length), before);
  await page.getByRole('button', { name: 'Talk again' }).click();
  await page.getByText('Connected').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a line that dropped is finished by typing, and the debrief has one transcript', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=40&call=lost${BRIEFING}`);
  await until('The voice line dropped. Type to carry on.')(page);
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  assert.equal(await page.getByText('The clock is stopped').count(), 1);
  const spoken = await page.locator('.turn').count();
  for (const line of ['I would be wary too. What happened with the last one?', 'You have thirty days to send it back.', 'Shall I ring it up?']) {
    await page.getByRole('textbox').fill(line);
    await page.keyboard.press('Enter');
    await page.locator('.turn').getByText(line).waitFor();
    await page.waitForFunction(() => !document.querySelector('.pending'));
  }
  const turns = await page.locator('.turn').count();
  assert.equal(turns, spoken + 6);
  await page.getByRole('button', { name: 'End and score what I have' }).click();
  await page.locator('.script ol li').first().waitFor();
  assert.equal(await page.locator('.script ol li').count(), turns);
  assert.deepEqual(complaints, []);
  await close();
});

test('every way a call can end has its reason, the way to try again, to type, to come back and to score', async () => {
  const ends = {
    'call=expired': 'The service ended this voice session',
    'call=mic-lost': 'The microphone is gone',
    'call=time': 'This talk reached the longest call',
    'call=silent': 'Nobody spoke for a while',
    'call=slept': 'The laptop slept',
    'call=quota': 'The service did not take the call',
  };
  for (const [how, title] of Object.entries(ends)) {
    const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=60&${how}${BRIEFING}`);
    await until(title)(page);
    assert.equal(await page.getByRole('textbox').isVisible(), true, how);
    for (const name of ['Leave it here and come back later', 'End and score what I have'])
      assert.equal(await page.getByRole('button', { name }).count(), 1, `${how}: ${name}`);
    await page.getByRole('button', { name: 'Try the voice line again' }).click();
    await page.getByText('Connected').waitFor();
    assert.deepEqual(complaints, [], how);
    await close();
  }
});

test('a lost line that comes back goes on where it was', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=8&call=reconnecting&until=6${BRIEFING}`);
  await until('The line dropped. Calling again…')(page);
  await page.getByText('Connected').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.turn').length >= 6);
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

test('leaving in the midst of a call leaves the talk open, and Practice offers it', async () => {
  const { page, complaints, close } = await stage.window(`?voice&recording=no&empty&pace=40&until=4${BRIEFING}`);
  await caption(4)(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave it open and come back later' }).click();
  await page.getByRole('link', { name: 'Carry on' }).click();
  await page.getByText('Connected').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a talk by voice that is opened anew waits for a click before it makes a sound', async () => {
  const { page, complaints, close } = await stage.window('?voice&recording=no#/talk/voice-open');
  await page.waitForFunction(() => document.activeElement?.id === 'begin');
  await page.keyboard.press('Enter');
  await page.getByText('Connected').waitFor();
  assert.deepEqual(complaints, []);
  await close();
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

test('a recording plays in step with the transcript, from any turn, and can be deleted', async () => {
  const { page, complaints, close } = await stage.window('?voice#/debrief/voice-61');
  await page.getByRole('button', { name: 'Play from 1:05' }).click();
  await page.locator('li.heard').waitFor();
  assert.match(await page.locator('li.heard').innerText(), /engine shed/);
  const shown = () => page.locator('.player .time').innerText();
  const before = await shown();
  await page.waitForFunction((was) => document.querySelector('.player .time').textContent !== was, before);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('slider').fill('96000');
  assert.match(await page.locator('li.heard').innerText(), /thirty days/);
  await press(page, 'Delete');
  await page.getByRole('button', { name: 'Delete the recording' }).click();
  await page.getByText('The recording is deleted. The words are kept.').waitFor();
  assert.equal(await page.getByRole('slider').count(), 0);
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
