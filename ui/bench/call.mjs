/* global Voice */
// From asking for the microphone to the open data channel in Chromium: the window's own transport against a peer connection with nothing around it, which has the
// same microphone, and against one that has none; in one page, at one endpoint, posting the same way, in turns. Prints medians as JSON, the spread beside them.
// `cargo xtask bench call` starts it.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { openBrowser } from '../tests/stage.mjs';

const [url, rounds] = [process.argv[2], Number(process.argv[3])];

const made = await build({
  configFile: false,
  logLevel: 'silent',
  define: { __FAKE_BACKEND__: 'false' },
  build: {
    write: false,
    lib: { entry: fileURLToPath(new URL('../tests/sound/transport.ts', import.meta.url)), formats: ['iife'], name: 'Voice' },
  },
});
const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>call</title>'));
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const browser = await openBrowser([
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  // Where there is no network at all, the loopback is one.
  '--allow-loopback-in-peer-connection',
]);

/** What is done in the page. */
async function measure([base, count]) {
  /** The browser asks once whether a page from elsewhere may post, whoever does; the offer is posted the same way by both. */
  const post = async (sdp) => {
    const headers = { authorization: 'Bearer sk-of-the-measurement', 'content-type': 'application/sdp' };
    return (await fetch(`${base}/realtime/calls`, { method: 'POST', headers, body: sdp })).text();
  };
  const rest = () => new Promise((go) => setTimeout(go, 150));
  const opened = (channel) => new Promise((open) => channel.addEventListener('open', () => open(performance.now())));

  async function bare(listens) {
    const begun = performance.now();
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = listens ? await navigator.mediaDevices.getUserMedia({ audio }) : null;
    const pc = new RTCPeerConnection();
    const channel = pc.createDataChannel('oai-events');
    if (stream) pc.addTrack(stream.getAudioTracks()[0], stream);
    else pc.addTransceiver('audio');
    const open = opened(channel);
    await pc.setLocalDescription(await pc.createOffer());
    await pc.setRemoteDescription({ type: 'answer', sdp: await post(pc.localDescription.sdp) });
    const taken = (await open) - begun;
    pc.close();
    stream?.getAudioTracks()[0].stop();
    return taken;
  }

  async function ours() {
    const begun = performance.now();
    let offered = 0;
    let answered = 0;
    let tell;
    const open = new Promise((done) => {
      tell = done;
    });
    const backend = {
      async openCall(_, { sdp }) {
        offered = performance.now();
        const answer = await post(sdp);
        answered = performance.now();
        return { sdp: answer };
      },
      callLink: async (_, link) => link === 'open' && tell(performance.now()),
      callMessage: async () => undefined,
    };
    const transport = new Voice.WebRtcTransport({ backend, id: 's', settings: Voice.usualVoice, elapsed: () => 0 }, Voice.thisBrowser());
    await transport.open(() => undefined);
    const end = await open;
    await transport.close();
    return { taken: end - begun, offered: offered - begun, answered: answered - offered, connected: end - answered };
  }

  Voice.unlock();
  const rows = [];
  for (let round = 0; round <= count; round += 1) {
    const deaf = await bare(false);
    await rest();
    const floor = await bare(true);
    await rest();
    const whole = await ours();
    await rest();
    // The first round finds everything cold.
    if (round > 0) rows.push({ deaf, floor, ...whole });
  }
  return rows;
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];

function told(name, values) {
  const all = sorted(values).map((value) => value.toFixed(2));
  const quarter = Math.floor(all.length / 4);
  console.error(
    `${name}: ${median(values).toFixed(2)} of ${all.length} (${all[0]} to ${all.at(-1)}; a quarter below ${all[quarter]}, a quarter above ${all.at(-1 - quarter)})`,
  );
}

function measured(name, values) {
  told(name, values);
  console.log(JSON.stringify({ name, value: median(values) }));
}

try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(`http://localhost:${server.address().port}/`);
  await page.addScriptTag({ content: [made].flat()[0].output[0].code });
  const rows = await page.evaluate(measure, [url, rounds]);
  for (const part of ['offered', 'answered', 'connected'])
    told(
      `ours: ${part}`,
      rows.map((row) => row[part]),
    );
  measured(
    'open deaf',
    rows.map(({ deaf }) => deaf),
  );
  measured(
    'open floor',
    rows.map(({ floor }) => floor),
  );
  measured(
    'open ours',
    rows.map(({ taken }) => taken),
  );
  measured(
    'open ratio',
    rows.map(({ floor, taken }) => taken / floor),
  );
} finally {
  await browser.close();
  server.close();
}
