// Times as a rep reads them. The device's time zone, the catalogue's language.

const DAY = 86_400_000;

const dayName = new Intl.DateTimeFormat('en-US', { weekday: 'short', month: 'short', day: 'numeric' });
const dayYear = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', year: 'numeric' });
const dayShort = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric' });
const hours = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' });
const weekdayLong = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' });

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
  const name = at.getFullYear() === today.getFullYear() ? dayName.format(at) : dayYear.format(at);
  return { ago, name };
}

export const hourOf = (ms: number): string => hours.format(new Date(ms));
export const shortDay = (ms: number): string => dayShort.format(new Date(ms));

/** Name of a day that is counted from 1970-01-01. */
export const weekdayOf = (day: number): string => weekday.format(new Date(day * DAY));
export const weekdayLongOf = (day: number): string => weekdayLong.format(new Date(day * DAY));

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
