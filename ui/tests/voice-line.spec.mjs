// The line of a talk by voice: how it opens, breaks, comes back and ends, and the way on from each by typing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BRIEFING, caption, look, seen, stageOfTests, inTurn, until } from './voice.mjs';

const stage = stageOfTests();

// An address, and what is done there before the screen is looked at.
look(stage, 'the line', {
  'voice-connecting': [`?voice&recording=no&call=connecting${BRIEFING}`, until('Calling the customer…')],
  'voice-reconnecting': [`?voice&recording=no&pace=4&call=reconnecting${BRIEFING}`, until('Try 2 of 3')],
  'voice-lost': [`?voice&recording=no&pace=40&call=lost${BRIEFING}`, until('The voice line dropped. Type to carry on.')],
  'voice-blocked': [`?voice&recording=no&pace=40&call=blocked${BRIEFING}`, until('The voice line could not be opened')],
  'voice-refused': [`?voice&recording=no&fail=openCall:key_refused${BRIEFING}`, until('The service did not take the call')],
  'voice-microphone-refused': [`?voice&recording=no&fail=openCall:microphone_refused${BRIEFING}`, until('The microphone could not be opened')],
  'voice-expired': [`?voice&recording=no&pace=40&call=expired${BRIEFING}`, until('The service ended this voice session')],
  'voice-mic-lost': [`?voice&recording=no&pace=40&call=mic-lost${BRIEFING}`, until('The microphone is gone')],
  'voice-cost': [`?voice&recording=no&pace=40&call=cost${BRIEFING}`, until('the most it may cost')],
  'voice-typing': [
    `?voice&recording=no&pace=40&until=4${BRIEFING}`,
    inTurn(
      caption(4),
      (page) => page.keyboard.press('t'),
      (page) => page.getByRole('textbox').fill('It fades in two weeks of wear.'),
      seen('Your turn'),
    ),
  ],
  'voice-open': ['?voice#/talk/voice-open', seen('Carry on talking')],
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

test('a line that is entered while the call still ends is said once it has ended', async () => {
  // Whatever is being done in that moment: the call is hung up, and then the clock is set for typing.
  for (const after of [100, 300, 500, 700, 900]) {
    const { page, complaints, close } = await stage.window(`?voice&recording=no&pace=30&until=4&slow=400${BRIEFING}`);
    await caption(4)(page);
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await page.keyboard.type('It fades.');
    await page.waitForTimeout(after);
    await page.keyboard.press('Enter');
    await page.locator('.turn:not(.pending)').getByText('It fades.').waitFor({ timeout: 5000 });
    assert.deepEqual(complaints, [], `${after} ms after`);
    await close();
  }
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
  assert.equal(await page.getByText('The voice line dropped').count(), 0, 'who types on is told once');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End and see the debrief' }).click();
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
