// What the fake remembers, and where it keeps it between two page loads.

import type { Profile, Report, Session, Settings, Signal, Turn } from '../../bindings';

export interface Stored {
  session: Session;
  turns: Turn[];
  signals: [number, Signal][];
  report: Report | null;
}

export interface Memory {
  profiles: Profile[];
  chosen: string | null;
  settings: Settings;
  stored: Stored[];
  /** Counts ids. */
  next: number;
}

export const defaults: Settings = { theme: 'light', reducedMotion: false, letterKeys: true };

const KEY = 'sellme-fake';

/** The memory of an earlier page load, else a new one. */
export function recall(storage: Storage | null, fresh: () => Memory): Memory {
  const kept = storage?.getItem(KEY);
  return kept ? (JSON.parse(kept) as Memory) : fresh();
}

export function keep(storage: Storage | null, memory: Memory): void {
  storage?.setItem(KEY, JSON.stringify(memory));
}
