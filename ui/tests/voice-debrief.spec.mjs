// After a talk by voice: its recording.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { look, press, seen, stageOfTests, inTurn } from './voice.mjs';

const stage = stageOfTests();

// An address, and what is done there before the screen is looked at.
look(stage, 'the debrief of a talk by voice', {
  'voice-debrief': ['?voice#/debrief/voice-61'],
  'voice-debrief-playing': [
    '?voice#/debrief/voice-61',
    inTurn(
      (page) => press(page, 'Play from 0:40'),
      (page) => page.locator('li.heard').waitFor(),
      (page) => press(page, 'Pause'),
    ),
  ],
  'voice-debrief-delete': ['?voice#/debrief/voice-61', inTurn((page) => press(page, 'Delete'), seen('Delete this recording?'))],
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
