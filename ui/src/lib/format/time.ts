// Times as a rep reads them. The device's time zone, the catalogue's language.

import type { Turn } from '../bindings';

const DAY = 86_400_000;

/** A writer of dates, made when it is first needed: the webview takes milliseconds for each, and the first screen needs none. */
function writer(options: Intl.DateTimeFormatOptions): (at: Date) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => {
    made ??= new Intl.DateTimeFormat('en-US', options);
    return made.format(at);
  };
}

const dayName = writer({ weekday: 'short', month: 'short', day: 'numeric' });
const dayYear = writer({ month: 'short', day: 'numeric', year: 'numeric' });
const dayShort = writer({ month: 'short', day: 'numeric' });
const plainDay = writer({ month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' });
const hours = writer({ hour: 'numeric', minute: '2-digit' });
const weekday = writer({ weekday: 'short', timeZone: 'UTC' });
const weekdayLong = writer({ weekday: 'long', timeZone: 'UTC' });

/** When a turn began, in milliseconds of the practice: a spoken one was being said before it was written down, a typed one is there at once. */
export function began({ startedMs, atMs }: Pick<Turn, 'startedMs' | 'atMs'>): number {
  return startedMs ?? atMs;
}

/** Minutes and seconds: `1:08`, with hours from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  const s = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Which day it was: how many midnights ago, and its name. */
export function dayOf(ms: number, now: number): { ago: number; name: string } {
  const at = new Date(ms);
  const today = new Date(now);
  const ago = Math.round((midnight(today) - midnight(at)) / DAY);
  const name = at.getFullYear() === today.getFullYear() ? dayName(at) : dayYear(at);
  return { ago, name };
}

export const hourOf = (ms: number): string => hours(new Date(ms));
export const shortDay = (ms: number): string => dayShort(new Date(ms));

/** A day of the calendar such as `2027-01-20`, which is the same everywhere. */
export const shortDayYear = (day: string): string => (Number.isNaN(Date.parse(day)) ? day : plainDay(new Date(day)));

/** Name of a day that is counted from 1970-01-01. */
export const weekdayOf = (day: number): string => weekday(new Date(day * DAY));
export const weekdayLongOf = (day: number): string => weekdayLong(new Date(day * DAY));

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
