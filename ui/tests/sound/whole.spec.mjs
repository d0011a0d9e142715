// The whole of a talk by voice where the webview has peer connections: the pages that ship in a real browser with a fake microphone, the program's own commands
// and data file behind them, the local endpoint as the service.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { startEndpoint, writeVoice } from './endpoint.mjs';
import { startHost } from './host.mjs';
import { startHub } from '../hub.mjs';
import { openBrowser, picture, windowOf } from '../stage.mjs';

const SCENARIO = 'the-gunner-friendly-easy';
const KEY = 'sk-for-the-endpoint-7Q4z';
/** What the endpoint's recogniser hears, one line for every time that somebody has spoken. */
const LINES = [
  'Good morning! That tin smells wonderful. Who is the coat for?',
  'What does he do all day, and what has he got to wear when it rains?',
  'This is the Gunner. It is cotton with oil worked into it, so the rain beads and runs off.',
  'It is one hundred thirty nine dollars. Shall I ring it up for you?',
];
/** Longer than anything here takes. */
const HANG = 90_000;

const microphone = join(tmpdir(), `sellme-whole-${process.pid}.wav`);
let endpoint, host, browser, page, complaints;

/** A browser whose microphone plays these seconds of voice (above zero) and of quiet (below), over and over. */
async function open(parts) {
  writeVoice(microphone, parts);
  browser = await openBrowser([
    '--autoplay-policy=user-gesture-required',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
    // Where there is no network at all, the loopback is one.
    '--allow-loopback-in-peer-connection',
  ]);
  ({ page, complaints } = await windowOf(browser, host.url, { permissions: ['microphone'] }));
  page.setDefaultTimeout(HANG);
}

beforeEach(async () => {
  endpoint = await startEndpoint(LINES, '--token', KEY, '--tones', '--scenario', SCENARIO);
  host = await startHost(endpoint.url);
});

afterEach(async () => {
  await browser?.close();
  await endpoint?.stop();
  const code = await host?.stop();
  rmSync(microphone, { force: true });
  assert.equal(code, 0, 'the program ends cleanly');
});

const press = (name) => page.getByRole('button', { name }).first().click();
const sees = (text) => page.getByText(text).first().waitFor();
/** The words of the turns that are written down, as they stand in the window. */
const WRITTEN = 'li.turn[id] p';
const written = () => page.$$eval(WRITTEN, (all) => all.map((one) => one.firstChild.textContent.trim()));
const until = (line) =>
  page.waitForFunction(
    ([turns, text]) => [...document.querySelectorAll(turns)].some((one) => one.firstChild.textContent.trim() === text),
    [WRITTEN, line],
  );
const atLeast = (turns) => page.waitForFunction(([which, count]) => document.querySelectorAll(which).length >= count, [WRITTEN, turns]);
/** The words of the transcript of the debrief, without its marks. */
const transcript = () =>
  page.$$eval('[data-pane] li > div', (all) =>
    all.map((one) => {
      const copy = one.cloneNode(true);
      for (const mark of copy.querySelectorAll('b, sup, .cut')) mark.remove();
      return copy.textContent.trim();
    }),
  );

/** From the first start to a talk that is about to begin, with the service that is set up meanwhile. */
async function brief(setUp = openAi) {
  await page.getByLabel('What are you called?').fill('Dana Reed');
  await press('Begin');
  await sees('Recommended for you');
  await page.goto(`${host.url}#/settings?at=voice`);
  await setUp();
  await page.goto(`${host.url}#/briefing/${SCENARIO}`);
  await page.getByText('By voice', { exact: true }).click();
  await sees('Microphone hears you');
}

async function openAi() {
  await page.getByLabel('Key of the service').fill(KEY);
  await press('Save the key');
  await sees('7Q4z');
}

/** Plays what was recorded, and that it comes to the end of a line that somebody spoke. */
async function hearsTheRecording() {
  await press('Play');
  await page.waitForFunction(() => document.querySelector('li.heard')?.dataset.turn >= 1);
  await press('Pause');
}

async function finish() {
  await press('End');
  await press('End and see the debrief');
  await page.locator('.verdict h1').waitFor();
}

test('a rep talks with the customer in a browser, and transcript, score, recording and history are there', async () => {
  await open([-1, 1.5, -7]);
  await brief();
  await press('Record');
  await press('Start talking');
  for (const [n, line] of LINES.entries()) {
    await until(line);
    if (n === 1) await picture(page, 'whole-talk');
  }
  await atLeast(LINES.length * 2 + 1);
  const talk = await written();
  await finish();
  await picture(page, 'whole-debrief');
  assert.deepEqual(await transcript(), talk, 'what was said is what is reviewed');
  assert.deepEqual(
    talk.filter((_, index) => index % 2 === 1),
    LINES,
    'every line of the rep is there once, each after one of the customer',
  );
  const score = Number(await page.locator('.score .num').innerText());
  assert.ok(score > 0 && score <= 100, `${score}`);
  await hearsTheRecording();

  await page.goto(`${host.url}#/history`);
  await page.getByRole('link', { name: 'The Gunner' }).first().waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'The Gunner' }).first().waitFor();
  await sees(`${score}`);
  // A page that is loaded anew no longer waits for what it may be told.
  assert.deepEqual(
    complaints.filter((one) => !one.includes('/told/')),
    [],
  );
});

test('where the line is gone for good the rep finishes by typing, and the debrief shows one transcript', async () => {
  // Quiet that is shorter than the customer speaks: the rep cuts in.
  await open([-1, 1.5, -3]);
  await brief();
  await press('Start talking');
  await until(LINES[1]);
  await endpoint.stop('SIGKILL');
  await sees('The line dropped. Calling again…');
  await picture(page, 'whole-dropped');
  await sees('The voice line dropped. Type to carry on.');
  await picture(page, 'whole-lost');
  const spoken = await written();
  const typed = ['It is cotton with oil worked into it, so the rain runs off.', 'It is $139. Shall I ring it up for you?'];
  for (const line of typed) {
    const before = (await written()).length;
    await page.getByRole('textbox').fill(line);
    await page.keyboard.press('Enter');
    await atLeast(before + 2);
    await sees('Your turn');
  }
  const all = await written();
  await picture(page, 'whole-typing');
  assert.deepEqual(all.slice(0, spoken.length), spoken);
  assert.deepEqual(
    typed.filter((line) => all.slice(spoken.length).includes(line)),
    typed,
  );
  await finish();
  await picture(page, 'whole-typed');
  assert.deepEqual(await transcript(), all, 'what was spoken and what was typed are one talk');
});

test('through the company’s hub a rep talks with an access token and no key', async () => {
  const hub = await startHub({ service: endpoint.url, key: KEY });
  try {
    await open([-1, 1.5, -7]);
    await brief(async () => {
      await page.getByText('Company hub').click();
      await page.getByLabel('Address').fill(hub.address);
      await press('Save');
      await sees('Saved.');
      await page.getByLabel('Your access token').fill(hub.token);
      await press('Save the token');
      await sees('The hub takes the token.');
    });
    await sees(`${new URL(hub.address).host} is ready`);
    await press('Start talking');
    await until(LINES[1]);
    await picture(page, 'whole-hub');
    await finish();
    await sees('not known');
    const realtime = '/api/sessions/{id}/realtime';
    // The debrief does not wait for the hang-up.
    while (!(await hub.answered(realtime, 204))) await page.waitForTimeout(50);
    assert.equal(await hub.answered(realtime, 200), 1, 'one call was opened');
    const sessions = await hub.get('/api/sessions');
    assert.deepEqual(
      sessions.map((one) => [one.scenarioId, one.visibility, one.transcript]),
      [[SCENARIO, 'practice', null]],
      'the hub knows that there was a call, and nothing of what was said',
    );
  } finally {
    assert.equal(await hub.close(), 0, 'the hub ends cleanly');
  }
});
