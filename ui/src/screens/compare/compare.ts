// Two attempts at the same customer, line by line.

import type { Debrief, Skill } from '../../lib/bindings';
import { clock } from '../../lib/format/time';
import { ending } from '../../lib/format/words';
import { t } from '../../lib/messages';

export const SKILLS: Skill[] = ['productKnowledge', 'objectionHandling', 'closingTechnique', 'rapport'];

export interface Line {
  label: string;
  values: [string, string];
  /** Later less earlier, where that is a number in which more is better. */
  change: number | null;
}

const score = (value: number | null | undefined): string => (value === null || value === undefined ? t('compare-not-observed') : String(value));

function change(a: number | null | undefined, b: number | null | undefined): number | null {
  return a === null || a === undefined || b === null || b === undefined ? null : b - a;
}

export function scoreLines(a: Debrief, b: Debrief): Line[] {
  return SKILLS.map((skill) => {
    const [x, y] = [a.report?.metrics[skill], b.report?.metrics[skill]];
    return { label: t(`skill-${skill}`), values: [score(x), score(y)], change: change(x, y) };
  });
}

export function factLines(a: Debrief, b: Debrief): Line[] {
  const line = (label: string, of: (debrief: Debrief) => string): Line => ({ label: t(label), values: [of(a), of(b)], change: null });
  const share = (n: number, all: number): string => t('compare-of', { n, all });
  return [
    line('compare-outcome', ({ session }) => ending(session)),
    line('compare-time', ({ session }) => clock(session.activeMs)),
    line('compare-turns', ({ turns }) => String(turns.length)),
    line('compare-objections', ({ report }) =>
      share(report?.objections.filter(({ resolved }) => resolved).length ?? 0, report?.objections.length ?? 0),
    ),
    line('compare-needs', ({ report }) => share(report?.needs.filter(({ told }) => told !== null).length ?? 0, report?.needs.length ?? 0)),
    line('compare-claims', ({ report }) => String(report?.claims.filter(({ verdict }) => verdict === 'contradicted').length ?? 0)),
  ];
}

/** What both attempts were about. */
export function titleOf({ product, scenario }: Debrief): string {
  const name = product?.name ?? t('gone-product');
  return scenario ? `${name}: ${scenario.title}` : name;
}

/** What the comparison comes to, in a sentence. */
export function sentence(a: Debrief, b: Debrief): string {
  const moved = change(a.report?.overallScore, b.report?.overallScore);
  if (moved === null) return t('compare-unscored');
  if (moved === 0) return t('compare-same');
  const most = SKILLS.map((skill) => ({ skill, by: change(a.report?.metrics[skill], b.report?.metrics[skill]) ?? 0 })).sort(
    (x, y) => Math.sign(moved) * (y.by - x.by),
  )[0];
  return t(moved > 0 ? 'compare-better' : 'compare-worse', { n: Math.abs(moved), skill: t(`skill-${most?.skill ?? 'rapport'}`) });
}
