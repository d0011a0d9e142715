// Who carries the sound here: the webview where it has peer connections, else the host where it can, else nobody.

import type { Backend } from '../backend/backend';
import type { MicrophoneEvent, SoundDevices, VoiceView } from '../bindings';
import { type Browser, thisBrowser } from './browser';
import { tryMicrophone, webviewDevices } from './microphone';
import { NativeTransport } from './native';
import { formOf } from './recorder';
import type { CallFacts, VoiceTransport } from './transport';
import { WebRtcTransport } from './webrtc';

export type Carrier = 'webrtc' | 'native';

/** In a bundle with the fake the host plays the whole call: there is nobody at the other end of a connection. */
const PRETENDS = __FAKE_BACKEND__ && typeof window !== 'undefined' && !('__TAURI_INTERNALS__' in window);

export function carrierOf({ native }: Pick<VoiceView, 'native'>, browser: Browser = thisBrowser(), pretends = PRETENDS): Carrier | null {
  if (browser.PeerConnection && !pretends) return 'webrtc';
  return native ? 'native' : null;
}

export function transportOf(carrier: Carrier, facts: CallFacts, browser: Browser = thisBrowser()): VoiceTransport {
  return carrier === 'webrtc' ? new WebRtcTransport(facts, browser) : new NativeTransport(facts);
}

/** The devices that can be chosen. */
export function devicesOf(carrier: Carrier, backend: Backend, browser: Browser = thisBrowser()): Promise<SoundDevices> {
  return carrier === 'webrtc' ? webviewDevices(browser) : backend.soundDevices();
}

/** The host tries one microphone at a time: a later try is not ended by who stops an earlier one. */
let latest = 0;

/** Tries the microphone; answers how to stop. */
export async function hear(
  carrier: Carrier,
  backend: Backend,
  input: string | null,
  on: (event: MicrophoneEvent) => void,
  browser: Browser = thisBrowser(),
): Promise<() => void> {
  if (carrier === 'webrtc') return tryMicrophone(browser, input, on);
  let stopped = false;
  latest += 1;
  const mine = latest;
  await backend.listen(input, (event) => {
    if (!stopped) on(event);
  });
  return () => {
    if (stopped) return;
    stopped = true;
    if (mine === latest) backend.stopListening().catch(() => undefined);
  };
}

/** Whether a call can be recorded here. */
export function canRecord(carrier: Carrier, browser: Browser = thisBrowser()): boolean {
  return carrier === 'native' || formOf(browser) !== null;
}

/** Whether the microphone may be opened without asking: elsewhere a person presses a button first. */
export async function isAllowed(carrier: Carrier): Promise<boolean> {
  if (carrier === 'native') return true;
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
  } catch {
    return false;
  }
}
