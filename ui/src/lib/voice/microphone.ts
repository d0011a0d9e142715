// The webview's microphone: asked for, chosen by its name, and measured.

import { Refusal } from '../backend/backend';
import type { MicrophoneEvent, SoundDevices } from '../bindings';
import type { Browser } from './browser';
import { levelOf, rms, SPEECH } from './level';

/** How often a level is told, in milliseconds. */
const BEAT = 80;

/** Opens the microphone of that name, or the system's own choice. Refused with `no_microphone` or `microphone_refused`. */
export async function openMicrophone({ devices }: Browser, name: string | null): Promise<MediaStream> {
  if (!devices) throw new Refusal({ code: 'no_microphone', message: '' });
  const wanted = name === null ? undefined : await idOf(devices, 'audioinput', name);
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (wanted) audio.deviceId = { ideal: wanted };
  try {
    return await devices.getUserMedia({ audio });
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Why a microphone was not given: not allowed, or not there. The engine's own words are the detail. */
function refusalOf(error: unknown): Refusal {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const message = error instanceof Error ? error.message : '';
  const refused = name === 'NotAllowedError' || name === 'SecurityError';
  return new Refusal({ code: refused ? 'microphone_refused' : 'no_microphone', message });
}

/** The webview's devices by name. Names are empty until a microphone was allowed once. */
export async function webviewDevices({ devices }: Browser): Promise<SoundDevices> {
  const all = (await devices?.enumerateDevices().catch(() => [])) ?? [];
  const names = (kind: MediaDeviceKind): string[] => [
    ...new Set(all.filter((one) => one.kind === kind && one.label && one.deviceId !== 'default').map(({ label }) => label)),
  ];
  return { inputs: names('audioinput'), outputs: names('audiooutput') };
}

/** The id of the device of that name; none where it is not there. */
export async function idOf(devices: Pick<MediaDevices, 'enumerateDevices'>, kind: MediaDeviceKind, name: string): Promise<string | undefined> {
  const all = await devices.enumerateDevices().catch(() => []);
  return all.find((one) => one.kind === kind && one.label === name)?.deviceId;
}

/** Reads how loud a stream is, from a clone of it: what is sent and what is played are not touched. `null` where it cannot be measured. */
export function meterOf(browser: Browser, context: AudioContext | null, track: MediaStreamTrack): { read: () => number; close: () => void } | null {
  if (!context || !browser.Stream) return null;
  const copy = track.clone();
  // A copy of a microphone that is shut is shut too, and would stay so.
  copy.enabled = true;
  const source = context.createMediaStreamSource(new browser.Stream([copy]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(rms(samples));
    },
    close: () => {
      source.disconnect();
      copy.stop();
    },
  };
}

/** Tries the microphone: tells how loud it is until it is stopped or gone. */
export async function tryMicrophone(browser: Browser, name: string | null, on: (event: MicrophoneEvent) => void): Promise<() => void> {
  const stream = await openMicrophone(browser, name);
  const track = stream.getAudioTracks()[0];
  const context = browser.AudioContext ? new browser.AudioContext() : null;
  const meter = track ? meterOf(browser, context, track) : null;
  void context?.resume().catch(() => undefined);
  const stop = browser.every(BEAT, () => {
    const level = meter?.read() ?? 0;
    on({ kind: 'level', level, speech: level >= SPEECH });
  });
  const close = (): void => {
    stop();
    meter?.close();
    for (const one of stream.getTracks()) one.stop();
    void context?.close().catch(() => undefined);
  };
  track?.addEventListener('ended', () => {
    close();
    on({ kind: 'lost', error: { code: 'no_microphone', message: '' } });
  });
  return close;
}
