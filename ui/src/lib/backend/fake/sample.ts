// One conversation with everything in it: the example of the look.

import type { Report, Session, Signal, Turn } from '../../bindings';
import { revision } from './catalog';
import { claimRow, coaching, measure, objectionRow, point, quoteIn, skill } from './quoting';

const said: [Turn['speaker'], number, string][] = [
  ['customer', 1, 'Afternoon. Another oilskin. I have been burned by one of these.'],
  ['rep', 4, 'Afternoon. That coat under your hand is the Pilbara. What does the weather do to you out where you work?'],
  ['customer', 14, 'I run fence most of the winter. Last coat soaked through by ten in the morning, and it flapped so loud the horses hated it.'],
  [
    'rep',
    25,
    'So it has to keep you dry past ten and stay quiet around horses. This is a tightly woven cotton with an oil finish, so it doesn’t rustle like nylon.',
  ],
  ['customer', 40, 'Fine, but is it really waterproof?'],
  ['rep', 42, 'Oh yes, it’s completely waterproof. You can stand in it all day.'],
  ['customer', 49, 'That is what they told me about the last one.'],
  ['rep', 54, 'Fair enough, I’d be wary too. Let me put that better: it sheds rain, and you can re-wax it about once a year.'],
  ['customer', 65, 'It smells like an engine shed. Is it going to stay like that?'],
  ['rep', 71, 'It’s a hundred and nineteen dollars, in tobacco or mustard.'],
  ['customer', 77, 'I asked about the smell.'],
  ['rep', 80, 'Sorry. That is the finish when it’s new, and it fades as you wear it. Would that still bother you?'],
  ['customer', 90, 'Probably not. A hundred and nineteen, though. And what if the size is off?'],
  ['rep', 96, 'You have thirty days from delivery to send it back unused with the tags on. Shall I ring it up?'],
  ['customer', 106, 'I’ll think about it.'],
  ['rep', 108, 'No problem. Thanks for coming in.'],
  ['customer', 112, 'Sure.'],
];

export const sampleTurns: Turn[] = said.map(([speaker, at, text], index) => ({ index, speaker, text, atMs: at * 1000, interrupted: false }));

const q = (turn: number, text: string) => quoteIn(sampleTurns, turn, text);

export const sampleSignals: [number, Signal][] = [
  [2, { kind: 'reveal_need', id: 'dry-past-morning' }],
  [2, { kind: 'reveal_need', id: 'horse-steady' }],
  [4, { kind: 'raise_objection', id: 'proof' }],
  [4, { kind: 'trap', id: 'waterproof' }],
  [8, { kind: 'raise_objection', id: 'smell' }],
  [12, { kind: 'raise_objection', id: 'price' }],
  [14, { kind: 'decide', decision: 'undecided', reason: 'doubt_left' }],
];

export const sampleReport: Report = {
  rubric: { version: '1.0', hash: '0'.repeat(64) },
  catalogRevision: revision,
  overallScore: 61,
  observedWeight: 100,
  notScored: null,
  metrics: { productKnowledge: 75, objectionHandling: 40, closingTechnique: 50, rapport: 80 },
  outcome: 'undecided',
  headline: [{ id: 'headline-well-found' }, { id: 'headline-missing-answer', args: { category: 'price' } }],
  skills: [
    skill('productKnowledge', 30, 75, 15, 20, [
      point('feature-tied', 'point-fact-tied', 5, q(3, 'a tightly woven cotton with an oil finish'), { need: 'Cloth that does not spook the horse' }),
      point('care', 'point-fact-relevant', 3, q(7, 'you can re-wax it about once a year')),
      point('price', 'point-price-right', 3, q(9, 'a hundred and nineteen dollars')),
      point('policy', 'point-fact-relevant', 4, q(13, 'thirty days from delivery')),
      point('claim', 'point-claim-contradicted', -5, q(5, 'it’s completely waterproof')),
    ]),
    skill('objectionHandling', 25, 40, 6, 15, [
      point('smell', 'point-answered', 4, q(11, 'That is the finish when it’s new'), { category: 'quality' }),
      point('proof', 'point-acknowledged', 2, q(7, 'I’d be wary too'), { category: 'trust' }),
      point('proof', 'point-clarify-missed', -3, q(4, 'is it really waterproof?'), { category: 'trust' }),
      point('smell', 'point-clarify-missed', -1, q(8, 'It smells like an engine shed.'), { category: 'quality' }),
      point('price', 'point-objection-ignored', -5, q(12, 'A hundred and nineteen, though.'), { category: 'price' }),
    ]),
    skill('closingTechnique', 25, 50, 6, 12, [
      point('discovery', 'point-discovery', 3, q(1, 'What does the weather do to you')),
      point('ask', 'point-ask', 3, q(13, 'Shall I ring it up?')),
      point('early', 'point-ask-over-doubt', -3, q(13, 'Shall I ring it up?')),
      point('next-step', 'point-next-step-missed', -3, q(15, 'No problem.')),
    ]),
    skill('rapport', 20, 80, 12, 15, [
      point('opening', 'point-opening', 3, q(1, 'That coat under your hand is the Pilbara.')),
      point('reflection', 'point-reflection', 4, q(3, 'it has to keep you dry past ten')),
      point('empathy', 'point-empathy', 3, q(7, 'I’d be wary too')),
      point('courtesy', 'point-courtesy', 2, q(15, 'Thanks for coming in.')),
      point('ignored', 'point-question-missed', -3, q(9, 'It’s a hundred and nineteen dollars')),
    ]),
  ],
  coaching: [
    coaching(
      'claim',
      'claim',
      q(5, 'it’s completely waterproof'),
      'It’s water-resistant: rain runs off it, and re-waxing it once a year keeps it that way. How long are you out in it at a stretch?',
      5,
      'productKnowledge',
    ),
    coaching(
      'clarify',
      'clarify',
      q(13, 'Shall I ring it up?'),
      'A hundred and nineteen is real money. Is it more than you planned, or is it whether this one lasts?',
      5,
      'objectionHandling',
    ),
    coaching('next-step', 'next-step', q(15, 'No problem.'), 'Of course. What would help you decide?', 3, 'closingTechnique'),
  ],
  objections: [
    objectionRow('trust', 'proof', q(4, 'is it really waterproof?'), [null, q(7, 'I’d be wary too'), q(7, 'it sheds rain'), null], false),
    objectionRow(
      'quality',
      'smell',
      q(8, 'It smells like an engine shed.'),
      [null, q(11, 'Sorry.'), q(11, 'it fades as you wear it'), q(11, 'Would that still bother you?')],
      true,
      2,
    ),
    objectionRow('price', 'price', q(12, 'A hundred and nineteen, though.'), [null, null, null, null], false),
  ],
  claims: [
    claimRow('material', 'waterproof', q(5, 'completely waterproof'), 'contradicted', 'Water-resistant, and it can be re-waxed. Not waterproof.'),
    claimRow('price', 'price', q(9, 'a hundred and nineteen dollars'), 'supported', '$119.00'),
    claimRow(
      'returns',
      'returns-30-days',
      q(13, 'thirty days from delivery'),
      'supported',
      'Returns are taken for 30 days from delivery: unused, tags on, original packaging, with an RA number.',
    ),
    claimRow('other', null, q(5, 'You can stand in it all day'), 'unsupported', null),
  ],
  needs: [
    {
      need: 'dry-past-morning',
      label: 'Dry past mid-morning',
      asked: q(1, 'What does the weather do to you'),
      told: q(2, 'Last coat soaked through by ten in the morning'),
      reflected: q(3, 'it has to keep you dry past ten'),
      tied: q(7, 'it sheds rain'),
    },
    {
      need: 'horse-steady',
      label: 'Cloth that does not spook the horse',
      asked: q(1, 'What does the weather do to you'),
      told: q(2, 'it flapped so loud the horses hated it'),
      reflected: q(3, 'stay quiet around horses'),
      tied: q(3, 'it doesn’t rustle like nylon'),
    },
  ],
  close: {
    valueBeforeAsk: 4,
    openAtAsk: 1,
    trial: q(11, 'Would that still bother you?'),
    asks: [q(13, 'Shall I ring it up?')],
    answer: q(14, 'I’ll think about it.'),
    outcome: 'undecided',
  },
  measures: [
    measure('talkShare', null, [400, 550]),
    measure('longestTurn', null, [0, 300]),
    measure('openQuestions', 10, [30, 60]),
    measure('closedQuestions', 20, null),
    measure('questionSpread', 30, [20, 30]),
    measure('pace', null, [1150, 1750]),
    measure('pauseAfterObjection', null, [8, 30]),
    measure('interruptions', null, [0, 0]),
    measure('fillers', null, null),
  ],
  cues: [],
};

/** The session that the example belongs to. */
export function sampleSession(userId: string, startedAt: number): Session {
  return {
    id: 'sample-61',
    userId,
    productId: 'pilbara-jacket',
    scenarioId: 'pilbara-skeptical-medium',
    seed: 61,
    mode: 'typing',
    visibility: 'practice',
    status: 'COMPLETED',
    paused: false,
    outcome: 'undecided',
    overallScore: 61,
    startedAt,
    endedAt: startedAt + 113_000,
    activeMs: 113_000,
    turns: sampleTurns.length,
    catalogRevision: revision,
    winPath: [],
  };
}
