// The endpoint serves a client that was not written here: the official agents SDK, as it comes from its package, in a real browser with a fake microphone.

import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { startEndpoint, writeVoice } from './endpoint.mjs';
import { openBrowser } from '../stage.mjs';

const LINES = [
  'Good morning! Who is the coat for?',
  'What does he do all day, and what has he got to wear when it rains?',
  'So he gets wet at work and then sits around in it. Have I got that right?',
];
const TOKEN = 'token-of-the-test';
/** Longer than anything here takes. */
const HANG = 60_000;

// The package has its own bundle for browsers: that is what is served, unchanged.
const bundle = join(dirname(createRequire(import.meta.url).resolve('@openai/agents-realtime')), 'bundle');
const PAGE =
  '<!doctype html><title>client</title><script type="module">import * as sdk from "./openai-realtime-agents.mjs"; globalThis.sdk = sdk;</script>';

let endpoint, server, browser, page, url;
const microphone = join(tmpdir(), `sellme-microphone-${process.pid}.wav`);

before(async () => {
  // Speaks, waits for the answer to begin and speaks into it, then lets the next answer be.
  writeVoice(microphone, [-1.5, 1, -3.2, 1, -60]);
  endpoint = await startEndpoint(LINES, '--token', TOKEN, '--tones');
  server = createServer((request, response) => {
    const name = basename(new URL(request.url, 'http://x').pathname);
    if (name.endsWith('.mjs')) response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(join(bundle, name)));
    else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://localhost:${server.address().port}/`;
  browser = await openBrowser([
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
    // Where there is no network at all, the loopback is one.
    '--allow-loopback-in-peer-connection',
  ]);
  page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.sdk, undefined, { timeout: HANG });
});

after(async () => {
  await browser?.close();
  server?.close();
  const code = await endpoint?.stop();
  rmSync(microphone, { force: true });
  assert.equal(code, 0, 'the endpoint ends cleanly');
});

const mint = (key) =>
  fetch(`${endpoint.url}/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ session: { type: 'realtime', model: 'gpt-realtime-2.1' } }),
  });

/** Waits until the page has seen so many events of this type. */
const seen = (type, count = 1) =>
  page.waitForFunction(([type, count]) => globalThis.log.filter((event) => event.type === type).length >= count, [type, count], { timeout: HANG });

const events = (type) => page.evaluate((type) => globalThis.log.filter((event) => event.type === type), type);

/** True once sound came that can be heard. */
const sound = () => page.waitForFunction(async () => (await globalThis.energy()) > 0.01, undefined, { timeout: HANG, polling: 50 });

/** True where no more sound comes at some moment before the next answer. */
const silence = () =>
  page.evaluate(async () => {
    const answers = () => globalThis.log.filter((event) => event.type === 'output_audio_buffer.started').length;
    let before = -1;
    while (answers() < 2) {
      const now = await globalThis.energy();
      if (now - before < 1e-6) return true;
      before = now;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  });

test('a stock client connects, speaks, is answered, interrupts and hangs up', async () => {
  assert.equal((await mint('wrong')).status, 401);
  const secret = await (await mint(TOKEN)).json();
  await page.evaluate(
    async ([base, key]) => {
      const { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebRTC } = globalThis.sdk;
      // Untouched sound, so that the fake microphone is what the endpoint hears.
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      const transport = new OpenAIRealtimeWebRTC({ baseUrl: `${base}/realtime/calls`, mediaStream: stream });
      const agent = new RealtimeAgent({ name: 'customer', instructions: 'You are the customer.' });
      const session = new RealtimeSession(agent, {
        transport,
        model: 'gpt-realtime-2.1',
        config: {
          audio: {
            input: { turnDetection: { type: 'server_vad', silenceDurationMs: 400 }, transcription: { model: 'gpt-4o-mini-transcribe' } },
            output: { voice: 'coral' },
          },
        },
      });
      globalThis.log = [];
      globalThis.session = session;
      globalThis.energy = async () => {
        const stats = await transport.connectionState.peerConnection.getStats();
        return [...stats.values()].find((row) => row.type === 'inbound-rtp')?.totalAudioEnergy ?? 0;
      };
      transport.on('*', (event) => globalThis.log.push(event));
      session.on('error', (error) => globalThis.log.push({ type: 'session_error', error: JSON.stringify(error) }));
      await session.connect({ apiKey: key });
    },
    [endpoint.url, secret.value],
  );
  assert.equal((await events('session.updated')).at(-1).session.audio.output.voice, 'coral');

  // It speaks and is written down.
  await seen('conversation.item.input_audio_transcription.completed');
  assert.equal((await events('conversation.item.input_audio_transcription.completed'))[0].transcript, LINES[0]);
  // It is answered, and the answer is heard.
  await seen('output_audio_buffer.started');
  assert.ok(await sound(), 'the customer is heard');

  // It speaks into the answer, which stops.
  await seen('output_audio_buffer.cleared');
  const [first] = await events('response.created');
  assert.equal((await events('output_audio_buffer.cleared'))[0].response_id, first.response.id);
  await seen('conversation.item.truncated');
  assert.ok(await silence(), 'the customer falls silent before it answers again');

  // It is answered again, and stops that answer by itself.
  await seen('output_audio_buffer.started', 2);
  await page.evaluate(() => globalThis.session.interrupt());
  await seen('output_audio_buffer.cleared', 2);

  await seen('conversation.item.input_audio_transcription.completed', 2);
  // What the client made of it: both turns of the rep with their words, in order.
  const history = await page.evaluate(() => globalThis.session.history.map((item) => [item.role, item.content?.[0]?.transcript]));
  const said = history.filter(([role]) => role === 'user').map(([, transcript]) => transcript);
  assert.deepEqual(said, LINES.slice(0, 2));
  assert.deepEqual(await events('session_error'), []);
  assert.deepEqual(await events('error'), []);

  // It hangs up, and the endpoint knows.
  const call = await page.evaluate(() => globalThis.session.transport.callId);
  assert.match(call, /^rtc_/);
  await page.evaluate(() => globalThis.session.close());
  const known = () => fetch(`${endpoint.url}/realtime/calls/${call}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const until = Date.now() + HANG;
  while ((await known()).status !== 404) {
    assert.ok(Date.now() < until, 'the endpoint did not notice');
    await new Promise((done) => setTimeout(done, 50));
  }
});

test('a client with a key that is not good is told so', async () => {
  const message = await page.evaluate(async (base) => {
    const { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebRTC } = globalThis.sdk;
    const session = new RealtimeSession(new RealtimeAgent({ name: 'customer' }), {
      transport: new OpenAIRealtimeWebRTC({ baseUrl: `${base}/realtime/calls` }),
    });
    session.on('error', () => {});
    return session.connect({ apiKey: 'ek_not_minted' }).then(
      () => 'connected',
      (error) => error.message,
    );
  }, endpoint.url);
  assert.match(message, /401/);
});
