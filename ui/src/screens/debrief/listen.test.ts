import { expect, test } from 'vitest';
import { openFake } from '../../lib/backend/fake';
import type { RecordedCall } from '../../lib/bindings';
import { Listening, type Sound } from './listen.svelte';

async function opened(more: RecordedCall[] = []) {
  const backend = openFake('?voice', null);
  const { voice, turns, session } = await backend.debrief('voice-61');
  if (!voice?.recording) throw new Error('no recording');
  voice.recording.calls.push(...more);
  const sounds: (Sound & { playing: boolean; gone: boolean; bytes: Uint8Array })[] = [];
  const listening = new Listening(backend, session.id, voice.recording, session.activeMs, (bytes) => {
    const sound = {
      bytes,
      currentTime: 0,
      duration: 112.5 - sounds.length,
      ended: false,
      playing: false,
      gone: false,
      play: async () => {
        sound.playing = true;
      },
      pause: () => {
        sound.playing = false;
      },
      ready: async () => undefined,
      forget: () => {
        sound.gone = true;
      },
    };
    sounds.push(sound);
    return sound;
  });
  return { listening, sounds, turns, begins: voice.recording.calls[0]?.beginsMs ?? 0 };
}

test('both sides play from the same moment, and the turn that is heard is known', async () => {
  const { listening, sounds, turns, begins } = await opened();
  expect(listening.turnAt(turns), 'nothing is marked before it plays').toBeNull();
  await listening.playFrom(40_000);
  expect(sounds.map(({ currentTime, playing }) => [currentTime, playing])).toEqual([
    [(40_000 - begins) / 1000, true],
    [(40_000 - begins) / 1000, true],
  ]);
  expect(listening.turnAt(turns)).toBe(4);
  for (const sound of sounds) sound.currentTime += 2;
  listening.tick();
  expect(listening.turnAt(turns)).toBe(5);
});

test('a side that falls behind is set back in step; a side that has ended is left', async () => {
  const { listening, sounds } = await opened();
  await listening.toggle();
  const [lead, other] = sounds;
  if (!lead || !other) throw new Error('two sides');
  lead.currentTime = 10;
  other.currentTime = 9.5;
  listening.tick();
  expect(other.currentTime).toBe(10);
  other.currentTime = 9.95;
  listening.tick();
  expect(other.currentTime, 'a little is not heard').toBe(9.95);
});

test('at its end it stops, and begins anew when it is played again', async () => {
  const { listening, sounds, begins } = await opened();
  await listening.toggle();
  for (const sound of sounds) sound.currentTime = 200;
  listening.tick();
  expect([listening.playing, listening.at === listening.end]).toEqual([false, true]);
  await listening.toggle();
  expect([listening.playing, listening.at]).toEqual([true, begins]);
  listening.forget();
  expect(sounds.every(({ gone, playing }) => gone && !playing)).toBe(true);
});

test('after one call the next one plays, and between them there is nothing to wait for', async () => {
  const { listening, sounds } = await opened([{ tracks: ['rep', 'customer'], mediaType: 'audio/wav', beginsMs: 200_000 }]);
  await listening.toggle();
  const [first, , second] = sounds;
  if (!first || !second) throw new Error('two calls');
  expect([first.playing, second.playing, listening.end]).toEqual([true, false, 200_000 + 1000 * second.duration]);
  first.currentTime = 200;
  listening.tick();
  expect([listening.at, first.playing, second.playing, second.currentTime]).toEqual([200_000, false, true, 0]);
  listening.seek(150_000);
  expect([listening.at, second.playing], 'between the calls').toEqual([200_000, true]);
  listening.seek(50_000);
  expect([listening.at, first.playing, second.playing, first.currentTime]).toEqual([50_000, true, false, 49.5]);
  second.currentTime = 200;
  listening.seek(210_000);
  expect(second.currentTime).toBe(10);
  listening.pause();
  expect(sounds.some(({ playing }) => playing)).toBe(false);
});

test('where it is put before it plays it begins', async () => {
  const { listening, sounds } = await opened();
  listening.seek(30_000);
  await listening.toggle();
  expect(sounds.map(({ currentTime }) => currentTime)).toEqual([29.5, 29.5]);
});

test('a recording that cannot be read says why', async () => {
  const { listening } = await opened();
  listening.backend.recording = () => Promise.reject(new Error('gone'));
  await listening.toggle();
  expect([listening.state, listening.playing, listening.refusal?.code]).toEqual(['refused', false, 'internal']);
});
