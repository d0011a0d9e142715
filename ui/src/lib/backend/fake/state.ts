// What the fake remembers, and where it keeps it between two page loads.

import type { KeyState, Profile, Report, Session, Settings, Signal, Turn, VoiceRecord } from '../../bindings';
import { usualVoice } from '../../voice/usual';

export interface Stored {
  session: Session;
  turns: Turn[];
  signals: [number, Signal][];
  report: Report | null;
  voice: VoiceRecord | null;
}

export interface Memory {
  profiles: Profile[];
  chosen: string | null;
  settings: Settings;
  stored: Stored[];
  key: KeyState;
  /** Counts ids. */
  next: number;
}

export const defaults: Settings = { theme: 'light', reducedMotion: false, letterKeys: true, voice: usualVoice };

const KEY = 'sellme-fake';

/** The memory of an earlier page load, else a new one. */
export function recall(storage: Storage | null, fresh: () => Memory): Memory {
  const kept = storage?.getItem(KEY);
  return kept ? (JSON.parse(kept) as Memory) : fresh();
}

export function keep(storage: Storage | null, memory: Memory): void {
  storage?.setItem(KEY, JSON.stringify(memory));
}
