// Values and aims of the measures in words, and where they lie on a line.

import type { Measure, MeasureKind, Message } from '../../lib/bindings';
import { t } from '../../lib/messages';

/** The end of the line of each kind, in tenths of its unit. */
const ENDS: Record<MeasureKind, number> = {
  talkShare: 1000,
  longestTurn: 600,
  openQuestions: 80,
  closedQuestions: 80,
  questionSpread: 30,
  pace: 2400,
  paceJump: 600,
  pauseAfterObjection: 40,
  interruptions: 60,
  fillers: 100,
};

const number = (tenths: number): string => (tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1));

/** The name of a measure: `talkShare` is `measure-talk-share`. */
export function nameOf(kind: MeasureKind): string {
  const id = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return t(`measure-${id}`);
}

/** A value with its unit. */
export function worded(kind: MeasureKind, tenths: number): string {
  return t(`measure-value-${kind}`, { v: number(tenths) });
}

export function aimOf({ kind, aim }: Measure): string {
  if (!aim) return t('debrief-aim-none');
  const [from, to] = aim;
  if (from <= 0) return t('debrief-aim-most', { to: worded(kind, to) });
  if (to >= ENDS[kind]) return t('debrief-aim-least', { from: worded(kind, from) });
  return t('debrief-aim', { from: number(from), to: worded(kind, to) });
}

/** Where the aim and the value lie, in percent of the line; `null` where there is nothing to draw. */
export function scaleOf({ kind, tenths, aim }: Measure): { from: number; to: number; value: number } | null {
  if (tenths === null || !aim) return null;
  const end = Math.max(ENDS[kind], tenths);
  const percent = (n: number): number => Math.min(100, Math.max(0, (100 * n) / end));
  return { from: percent(aim[0]), to: percent(aim[1]), value: percent(tenths) };
}

/** What could not be measured, together where the reason is the same. */
export function unmeasured(measures: Measure[], say: (message: Message) => string): { reason: string; kinds: MeasureKind[] }[] {
  const groups = new Map<string, MeasureKind[]>();
  for (const { kind, tenths, notMeasurable } of measures) {
    if (tenths !== null) continue;
    const reason = notMeasurable ? say(notMeasurable) : '';
    groups.set(reason, [...(groups.get(reason) ?? []), kind]);
  }
  return [...groups].map(([reason, kinds]) => ({ reason, kinds }));
}
