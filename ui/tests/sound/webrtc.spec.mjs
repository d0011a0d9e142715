/* global Voice */
// The webview's own transport in a real browser: a real microphone (the browser's test tone), real connections to a far end on the same page, a real recorder.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { openStage } from '../stage.mjs';

let stage;
let code;
before(async () => {
  const entry = fileURLToPath(new URL('./transport.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    define: { __FAKE_BACKEND__: 'false' },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'Voice' } },
  });
  code = [made].flat()[0].output[0].code;
  stage = await openStage(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required']);
});
after(() => stage.close());

/** A page with the transport, and a far end that answers every offer with a tone of its own. */
async function opened(settings) {
  // The specs' own code is let in; what the window may load is not asked here.
  const { page, close } = await stage.window('#/settings', { bypassCSP: true, permissions: ['microphone'] });
  await page.addScriptTag({ content: code });
  await page.evaluate(async (chosen) => {
    const here = { said: [], heard: [], kept: [], far: [], tell: null };
    window.here = here;
    const context = new AudioContext();
    const backend = {
      async openCall(_id, { sdp }, on) {
        here.tell = on;
        const pc = new RTCPeerConnection();
        const end = { pc, got: [], channel: null };
        here.far.push(end);
        pc.ondatachannel = ({ channel }) => {
          end.channel = channel;
          end.label = channel.label;
          channel.onmessage = ({ data }) => end.got.push(data);
        };
        const tone = context.createOscillator();
        const loud = context.createGain();
        loud.gain.value = 0.3;
        const out = context.createMediaStreamDestination();
        tone.connect(loud).connect(out);
        tone.start();
        await pc.setRemoteDescription({ type: 'offer', sdp });
        for (const track of out.stream.getTracks()) pc.addTrack(track, out.stream);
        await pc.setLocalDescription(await pc.createAnswer());
        while (pc.iceGatheringState !== 'complete') await new Promise((go) => setTimeout(go, 20));
        return { sdp: pc.localDescription.sdp };
      },
      callMessage: async (_id, message) => here.said.push(message),
      callLink: async (_id, link) => here.said.push(`<${link}>`),
      keepRecording: async (_id, track, beginsMs, bytes) => here.kept.push({ track, beginsMs, bytes }),
    };
    here.facts = { backend, id: 's', settings: { ...Voice.usualVoice, ...chosen }, elapsed: () => 4200 };
    here.transport = new Voice.WebRtcTransport(here.facts, Voice.thisBrowser());
    Voice.unlock();
    await here.transport.open((event) => here.heard.push(event));
  }, settings);
  return { page, close };
}

const level = (page, side, least) =>
  page.waitForFunction(([who, from]) => window.here.heard.slice(-8).some((event) => event.kind === 'levels' && event[who] >= from), [side, least]);

test('a call is opened, heard on both sides, and carries its messages as they are', async () => {
  const { page, close } = await opened({});
  await page.waitForFunction(() => window.here.said.includes('<open>') && window.here.far[0].channel?.readyState === 'open');
  assert.equal(await page.evaluate(() => window.here.far[0].label), 'oai-events');
  await page.evaluate(() => {
    window.here.tell({ kind: 'send', message: '{"type": "session.update"}' });
    window.here.far[0].channel.send('{"type" :"session.created","näh":"…"}');
  });
  await page.waitForFunction(() => window.here.far[0].got.length === 1 && window.here.said.length === 2);
  assert.deepEqual(await page.evaluate(() => window.here.far[0].got), ['{"type": "session.update"}']);
  assert.equal(await page.evaluate(() => window.here.said[1]), '{"type" :"session.created","näh":"…"}');
  await level(page, 'customer', 0.3);
  const heard = () =>
    page.evaluate(async () => {
      const stats = await window.here.far[0].pc.getStats();
      return [...stats.values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio').totalAudioEnergy;
    });
  assert.ok((await heard()) < 1e-6, 'nothing is heard before the talk begins');
  await page.evaluate(() => window.here.transport.pause(false));
  await level(page, 'rep', 0.2);
  await page.evaluate(() => window.here.transport.mute(true));
  const silent = async (why) => {
    await page.waitForFunction(() => window.here.heard.at(-1).rep === 0);
    await page.waitForTimeout(400);
    const before = await heard();
    await page.waitForTimeout(600);
    assert.ok((await heard()) - before < 1e-6, why);
  };
  await silent('nothing is heard of who is muted');
  await page.evaluate(() => window.here.transport.mute(false));
  await level(page, 'rep', 0.2);
  await page.evaluate(() => window.here.transport.pause(true));
  await silent('nothing is heard in a pause');
  await close();
});

test('after a lost line there is a new one, and after the end nothing is open', async () => {
  const { page, close } = await opened({});
  await page.waitForFunction(() => window.here.said.includes('<open>'));
  await page.evaluate(() => window.here.tell({ kind: 'reconnect' }));
  await page.waitForFunction(
    () => window.here.far[1]?.channel?.readyState === 'open' && window.here.said.filter((one) => one === '<open>').length === 2,
  );
  await page.waitForFunction(() => window.here.far[0].channel.readyState === 'closed');
  await page.evaluate(() => window.here.tell({ kind: 'send', message: 'on the new one' }));
  await page.waitForFunction(() => window.here.far[1].got.length === 1);
  await page.evaluate(() => window.here.transport.close());
  await page.waitForFunction(() => window.here.far[1].channel.readyState === 'closed');
  const told = await page.evaluate(() => window.here.said.length);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.here.said.length), told, 'nothing is told of a call that is over');
  await close();
});

test('both sides are recorded as Opus that can be played, in step, over a line that was made anew', async () => {
  const { page, close } = await opened({ recording: true });
  await page.waitForFunction(() => window.here.said.includes('<open>'));
  await page.evaluate(() => window.here.transport.pause(false));
  await page.waitForTimeout(2000);
  await page.evaluate(() => window.here.tell({ kind: 'reconnect' }));
  await page.waitForFunction(() => window.here.said.filter((one) => one === '<open>').length === 2);
  await page.waitForFunction(() => window.here.kept.length >= 2);
  await page.evaluate(() => window.here.transport.close());
  const files = await page.evaluate(async () => {
    const made = [];
    for (const side of ['rep', 'customer']) {
      const pieces = window.here.kept.filter(({ track }) => track === side);
      const bytes = await new Blob(pieces.map((piece) => piece.bytes)).arrayBuffer();
      const sound = await new AudioContext().decodeAudioData(bytes);
      const loudest = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      made.push({ side, seconds: sound.duration, begins: [...new Set(pieces.map(({ beginsMs }) => beginsMs))], loudest });
    }
    return made;
  });
  const [rep, customer] = files;
  for (const { side, seconds, begins, loudest } of files) {
    assert.ok(seconds > 4, `${side}: ${seconds} s`);
    assert.deepEqual(begins, [4200], side);
    assert.ok(loudest > 0.02, `${side}: ${loudest}`);
  }
  assert.ok(Math.abs(rep.seconds - customer.seconds) < 0.5, `${rep.seconds} and ${customer.seconds}`);
  await close();
});

test('a microphone that is tried is heard', async () => {
  const { page, close } = await stage.window('#/settings', { bypassCSP: true, permissions: ['microphone'] });
  await page.addScriptTag({ content: code });
  await page.evaluate(async () => {
    window.levels = [];
    window.stop = await Voice.tryMicrophone(Voice.thisBrowser(), null, (event) => window.levels.push(event.level));
  });
  await page.waitForFunction(() => window.levels.some((one) => one > 0.2));
  await page.evaluate(() => window.stop());
  await close();
});
