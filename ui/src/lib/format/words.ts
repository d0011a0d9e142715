// Small phrases that several screens say in the same way.

import type { Debrief, ProductSummary, Session } from '../bindings';
import { t } from '../messages';
import { priceRange } from './money';
import { began, clock, dayOf, hourOf } from './time';

export function price(product: Pick<ProductSummary, 'priceFrom' | 'priceTo'>): string {
  const { from, to } = priceRange(product.priceFrom, product.priceTo);
  return to === null ? from : t('price-range', { from, to });
}

export function day(ms: number, now = Date.now()): string {
  const { ago, name } = dayOf(ms, now);
  if (ago === 0) return t('day-today');
  return ago === 1 ? t('day-yesterday') : name;
}

export function when(ms: number, now = Date.now()): string {
  return t('day-and-hour', { day: day(ms, now), hour: hourOf(ms) });
}

/** How an attempt ended, in a word. */
export function ending(session: Pick<Session, 'status' | 'outcome'>): string {
  if (session.status === 'ABANDONED') return t('ending-abandoned');
  if (session.status === 'IN_PROGRESS') return t('ending-open');
  return t(`outcome-${session.outcome ?? 'undecided'}`);
}

/** Practice time in hours and minutes. */
export function practiceTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return t('minutes', { n: minutes });
  return t('hours-minutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** Time of a turn of a debrief. */
export function turnTime(debrief: Pick<Debrief, 'turns'>, index: number): string {
  const turn = debrief.turns[index];
  return clock(turn ? began(turn) : 0);
}

/** A title inside a sentence: its article is written small. */
export function within(title: string): string {
  return title.replace(/^An? /, (article) => article.toLowerCase());
}
