// A report for whatever was said: every quote is from the turns.

import type { CustomerState, Outcome, Report, Turn } from '../../bindings';
import { coaching, measure, objectionRow, point, quoteIn, skill } from './quoting';

const clamp = (n: number): number => Math.max(0, Math.min(100, Math.round(n)));

/** The first clause of a turn. */
const clause = (turns: Turn[], index: number): string => /^[^.!?,;]+/.exec(turns[index]?.text ?? '')?.[0].trim() ?? '';

export function reportOf(turns: Turn[], outcome: Outcome, aim: number): Report {
  const reps = turns.filter(({ speaker }) => speaker === 'rep');
  const words = reps.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
  const base: Report = {
    rubric: { version: '1.0', hash: '0'.repeat(64) },
    catalogRevision: 14,
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
  const objected = turns.find(({ speaker, index }) => speaker === 'customer' && index > 3);
  const raised = objected ? quoteIn(turns, objected.index, clause(turns, objected.index)) : q(0);
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
        point('answer', 'point-answered', 4, q(2), { category: 'price' }),
        point('clarify', 'point-clarify-missed', -3, raised, { category: 'price' }),
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
      coaching('clarify', 'clarify', q(2), 'What about it worries you most, if I may ask?', 4, 'objectionHandling'),
      coaching('reflect', 'listen', q(1), 'So it has to be quiet, and it has to last. Did I get that right?', 2, 'rapport'),
    ],
    objections: [objectionRow('price', 'price', raised, [null, q(1), q(2), null], outcome === 'sale')],
    needs: [{ need: 'dry', label: 'Dry past mid-morning', asked: q(0), told: raised, reflected: null, tied: q(1) }],
    close: { ...base.close, valueBeforeAsk: 3, asks: [q(reps.length - 1)] },
  };
}

const lines: [string, CustomerState['mood']][] = [
  ['I run fence most of the winter. My last coat soaked through by ten in the morning.', 'attentive'],
  ['It flapped, too. The horses hated it.', 'attentive'],
  ['Fine, but is it really waterproof?', 'doubtful'],
  ['That is fair. What does it cost?', 'attentive'],
  ['That is a lot for a coat.', 'doubtful'],
  ['And what if the size is off?', 'interested'],
  ['Sounds like it would do the job.', 'ready'],
  ['All right. Ring it up, the tobacco one.', 'done'],
];

export const opening = 'Afternoon. I have been burned by a coat like this before.';

/** The customer's answer to the rep's n-th turn, from 0. */
export function answerTo(n: number): { text: string; state: CustomerState } {
  const [text, mood] = lines[Math.min(n, lines.length - 1)] ?? ['Hm.', 'attentive'];
  return { text, state: { mood, ended: n >= lines.length - 1 } };
}
