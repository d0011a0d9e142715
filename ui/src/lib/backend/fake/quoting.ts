// Short ways to write a report by hand.

import type {
  ClaimRow,
  CoachingPoint,
  Measure,
  MeasureKind,
  ObjectionRow,
  Point,
  Quote,
  Skill,
  SkillScore,
  Step,
  StepKind,
  Turn,
} from '../../bindings';

/** The quote of these words in that turn; the words must be there. */
export function quoteIn(turns: Turn[], turn: number, text: string): Quote {
  const all = turns[turn]?.text ?? '';
  const at = all.indexOf(text);
  if (at < 0) throw new Error(`turn ${turn} does not say “${text}”`);
  const start = Array.from(all.slice(0, at)).length;
  return { turn, span: { start, end: start + Array.from(text).length }, text };
}

export function point(rule: string, label: string, value: number, quote: Quote | null, args?: Record<string, string>): Point {
  return { rule, label: args ? { id: label, args } : { id: label }, value, quote };
}

export function skill(skillName: Skill, weight: number, score: number | null, earned: number, available: number, points: Point[]): SkillScore {
  return { skill: skillName, weight, score, earned, available, notObserved: score === null ? { id: 'not-observed-no-objection' } : null, points };
}

export function coaching(kind: string, id: string, quote: Quote | null, better: string, cost: number, skillName: Skill): CoachingPoint {
  return { kind, title: { id: `coach-${id}` }, quote, better, why: { id: `why-${id}` }, cost, skill: skillName };
}

/** An objection of a typed conversation: the pause is never measurable. */
export function objectionRow(
  category: ObjectionRow['category'],
  objection: string,
  raised: Quote,
  steps: (Quote | null)[],
  resolved: boolean,
  times = 1,
): ObjectionRow {
  const kinds: StepKind[] = ['clarify', 'acknowledge', 'answer', 'check'];
  const pause: Step = { kind: 'pause', state: 'not_measurable', quote: null, pauseMs: null };
  const rest = kinds.map((kind, i): Step => ({ kind, state: steps[i] ? 'done' : 'missing', quote: steps[i] ?? null, pauseMs: null }));
  return { category, objection, raised, times, steps: [pause, ...rest], resolved };
}

export function claimRow(topic: ClaimRow['topic'], claim: string | null, said: Quote, verdict: ClaimRow['verdict'], truth: string | null): ClaimRow {
  return { topic, claim, said, verdict, truth };
}

export function measure(kind: MeasureKind, tenths: number | null, aim: [number, number] | null): Measure {
  return { kind, tenths, aim, notMeasurable: tenths === null ? { id: 'unmeasured-typed' } : null };
}
