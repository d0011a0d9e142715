// A report for whatever was said: every quote is from the turns.

import type { CustomerState, Hint, Outcome, Report, Turn } from '../../bindings';
import { type FakeScenario, revision } from './catalog';
import { coaching, measure, objectionRow, point, quoteIn, skill } from './quoting';

const clamp = (n: number): number => Math.max(0, Math.min(100, Math.round(n)));

/** The first clause of a turn. */
const clause = (turns: Turn[], index: number): string => /^[^.!?,;]+/.exec(turns[index]?.text ?? '')?.[0].trim() ?? '';

export function reportOf(scenario: FakeScenario, turns: Turn[], outcome: Outcome, aim: number): Report {
  const reps = turns.filter(({ speaker }) => speaker === 'rep');
  const words = reps.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
  const base: Report = {
    rubric: { version: '1.0', hash: '0'.repeat(64) },
    catalogRevision: revision,
    overallScore: null,
    observedWeight: 0,
    notScored: { id: 'not-scored-too-short', args: { turns: String(reps.length), words: String(words), 'least-turns': '4', 'least-words': '60' } },
    metrics: { productKnowledge: null, objectionHandling: null, closingTechnique: null, rapport: null },
    outcome,
    headline: [{ id: 'headline-too-short' }],
    skills: [],
    coaching: [],
    objections: [],
    claims: [],
    needs: [],
    close: { valueBeforeAsk: 0, openAtAsk: 0, trial: null, asks: [], answer: null, outcome },
    measures: [
      measure('openQuestions', reps.filter(({ text }) => text.includes('?')).length * 10, [30, 60]),
      measure('closedQuestions', 10, null),
      measure('questionSpread', 20, [20, 30]),
      measure('talkShare', null, [400, 550]),
      measure('pace', null, [1150, 1750]),
      measure('fillers', null, null),
    ],
    cues: [],
  };
  if (reps.length < 4 || words < 20) return base;

  const q = (n: number) => {
    const index = reps[n % reps.length]?.index ?? 1;
    return quoteIn(turns, index, clause(turns, index));
  };
  const heard = (line: string | undefined) => {
    const turn = turns.find(({ speaker, text }) => speaker === 'customer' && text === line);
    return turn ? quoteIn(turns, turn.index, clause(turns, turn.index)) : null;
  };
  const doubt = scenario.objections[0];
  const raised = heard(doubt?.line) ?? q(0);
  const category = doubt?.category ?? 'price';
  const metrics = { productKnowledge: clamp(aim + 8), objectionHandling: clamp(aim - 14), closingTechnique: clamp(aim - 2), rapport: clamp(aim + 9) };
  return {
    ...base,
    overallScore: clamp(0.3 * metrics.productKnowledge + 0.25 * metrics.objectionHandling + 0.25 * metrics.closingTechnique + 0.2 * metrics.rapport),
    observedWeight: 100,
    notScored: null,
    metrics,
    headline: [{ id: outcome === 'sale' ? 'headline-well-sale' : 'headline-well-found' }],
    skills: [
      skill('productKnowledge', 30, metrics.productKnowledge, 12, 16, [
        point('feature', 'point-fact-relevant', 3, q(1)),
        point('price', 'point-price-right', 3, q(3)),
        point('tied', 'point-facts-missed', -2, q(2)),
      ]),
      skill('objectionHandling', 25, metrics.objectionHandling, 6, 12, [
        point('answer', 'point-answered', 4, q(2), { category }),
        point('clarify', 'point-clarify-missed', -3, raised, { category }),
      ]),
      skill('closingTechnique', 25, metrics.closingTechnique, 8, 12, [
        point('ask', 'point-ask', 3, q(reps.length - 1)),
        point('discovery', 'point-discovery', 3, q(0)),
      ]),
      skill('rapport', 20, metrics.rapport, 10, 12, [
        point('opening', 'point-opening', 3, q(0)),
        point('reflection', 'point-reflection-missed', -2, q(1)),
      ]),
    ],
    coaching: [
      coaching('clarify', 'clarify', raised, doubt?.clarify || 'What about it worries you most, if I may ask?', 4, 'objectionHandling'),
      coaching('reflect', 'listen', q(1), 'Let me say it back to you, so that I show you the right one. Did I get that right?', 2, 'rapport'),
    ],
    objections: doubt && heard(doubt.line) ? [objectionRow(category, doubt.id, raised, [null, q(2), q(2), null], outcome === 'sale')] : [],
    needs: scenario.needs.map(({ id, label, told }) => {
      const said = heard(told);
      return { need: id, label, asked: said && q(0), told: said, reflected: null, tied: said && q(1) };
    }),
    close: { ...base.close, valueBeforeAsk: 3, asks: [q(reps.length - 1)] },
  };
}

/** What this customer says to the rep's lines, one after the other: needs, doubts, and at the end a yes. */
function script({ needs, objections: [one, two], use, timing, asks, buys }: FakeScenario): [string, CustomerState['mood']][] {
  return [
    [needs[0]?.told ?? use, 'attentive'],
    [needs[1]?.told ?? use, 'attentive'],
    [one?.line ?? asks, 'doubtful'],
    [one?.settled ?? use, 'attentive'],
    two ? [two.line, 'doubtful'] : [use, 'interested'],
    [two?.settled ?? asks, 'interested'],
    [timing, 'ready'],
    [buys, 'done'],
  ];
}

/** The customer's answer to the rep's n-th turn, from 0. */
export function answerTo(scenario: FakeScenario, n: number): { text: string; state: CustomerState } {
  const lines = script(scenario);
  const [text, mood] = lines[Math.min(n, lines.length - 1)] ?? ['Hm.', 'attentive'];
  return { text, state: { mood, ended: n >= lines.length - 1 } };
}

/** A hint as the conversation stands: the doubt on the table comes first, then a need that was told. */
export function hintFor(scenario: FakeScenario, turns: Turn[]): Hint {
  if (!turns.some(({ speaker }) => speaker === 'rep')) return { text: { id: 'hint-open' }, example: null };
  const last = turns.findLast(({ speaker }) => speaker === 'customer')?.text;
  const doubt = scenario.objections.find(({ line }) => line === last);
  if (doubt) return { text: { id: 'hint-clarify', args: { category: doubt.category } }, example: doubt.clarify || null };
  const need = scenario.needs.find(({ told }) => told === last);
  if (need) return { text: { id: 'hint-tie', args: { need: need.label } }, example: null };
  return { text: { id: 'hint-ask' }, example: null };
}
