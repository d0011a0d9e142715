// The element that plays the customer. It is made and unlocked in a click: an element that comes later may be kept silent by the webview.

import { idOf } from './microphone';
import type { Browser } from './browser';

export interface Player {
  srcObject: unknown;
  autoplay: boolean;
  play(): Promise<void>;
  pause(): void;
  setSinkId?: (id: string) => Promise<void>;
}

let unlocked: Player | null = null;

/** To be called in the click that begins or resumes a call. */
export function unlock(make: () => Player = () => new Audio()): void {
  unlocked ??= make();
  unlocked.autoplay = true;
  // There is nothing to play yet: the webview notes that the person wanted it, and says so by refusing.
  unlocked.play().catch(() => undefined);
}

/** True where a click has been made in this window that allows sound. */
export function isUnlocked(): boolean {
  return unlocked !== null;
}

/** The element that was unlocked, else a new one. */
export function player(make: () => Player = () => new Audio()): Player {
  unlocked ??= make();
  return unlocked;
}

/** Plays a stream on the speaker of that name, or the system's own. */
export async function playOn(it: Player, stream: MediaStream, { devices }: Browser, output: string | null): Promise<void> {
  it.srcObject = stream;
  it.autoplay = true;
  if (it.setSinkId && devices) {
    const id = output === null ? '' : ((await idOf(devices, 'audiooutput', output)) ?? '');
    await it.setSinkId(id).catch(() => undefined);
  }
  await it.play().catch(() => undefined);
}
