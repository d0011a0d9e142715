// The local endpoint as a process, and something that sounds like a voice for a browser's fake microphone.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../program.mjs';

const means = { what: 'the endpoint', build: 'cargo build -p sellme-voice --features endpoint --bin sellme-endpoint' };

/** Starts the endpoint on a free port, with what its recogniser hears. */
export async function startEndpoint(lines, ...more) {
  const folder = mkdtempSync(join(tmpdir(), 'sellme-endpoint-'));
  const script = join(folder, 'script.txt');
  writeFileSync(script, lines.join('\n'));
  const endpoint = await startProgram('SELLME_ENDPOINT', means, ['--listen', '127.0.0.1:0', '--script', script, ...more]);
  return {
    ...endpoint,
    async stop(signal) {
      const code = await endpoint.stop(signal);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

const RATE = 48_000;
const VOWELS = [
  [700, 1220, 2600],
  [300, 2300, 3000],
  [450, 800, 2830],
  [530, 1850, 2500],
];

/** Samples of a row of vowels. */
function voice(seconds) {
  let phase = 0;
  return Float32Array.from({ length: RATE * seconds }, (_, at) => {
    const time = at / RATE;
    const vowel = VOWELS[Math.floor(time / 0.18) % VOWELS.length];
    const pitch = 125 + 15 * Math.sin(2 * Math.PI * 1.7 * time);
    phase += pitch / RATE;
    let sum = 0;
    for (let n = 1; n <= 4000 / pitch; n += 1) {
      const gain = vowel.reduce((all, formant) => all + 1 / (1 + ((n * pitch - formant) / 90) ** 2), 0.01);
      sum += (gain * Math.sin(2 * Math.PI * n * phase)) / Math.sqrt(n);
    }
    return Math.max(-0.9, Math.min(0.9, sum * 0.18 * (0.25 + 0.75 * Math.sin(Math.PI * ((time / 0.18) % 1)))));
  });
}

/** A WAV file: `parts` are seconds of voice (above zero) and of quiet (below). */
export function writeVoice(path, parts) {
  const samples = parts.flatMap((part) => [part > 0 ? voice(part) : new Float32Array(RATE * -part)]);
  const length = samples.reduce((all, piece) => all + piece.length, 0);
  const file = Buffer.alloc(44 + length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + length * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(length * 2, 40);
  let at = 44;
  for (const piece of samples) {
    for (const sample of piece) {
      file.writeInt16LE(Math.round(sample * 32_767), at);
      at += 2;
    }
  }
  writeFileSync(path, file);
}
