// How loud it is, on a scale that fills a meter: 0 is the noise of a quiet room, 1 is as loud as speech gets.

const QUIET_DB = -55;
const LOUD_DB = -12;
/** From here on it is taken for speech while a microphone is tried. */
export const SPEECH = 0.35;

/** The place on the meter of a root mean square (0 to 1). */
export function levelOf(rms: number): number {
  if (!(rms > 0)) return 0;
  const db = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** Root mean square of samples between -1 and 1. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
