// Attempts of the last weeks, so that every screen has something to show.

import type { Outcome, Profile, Turn } from '../../bindings';
import { money } from '../../format/money';
import { type FakeScenario, productOf, revision, scenarios } from './catalog';
import { refusal } from './faults';
import { reportOf } from './report';
import { sampleReport, sampleSession, sampleSignals, sampleTurns } from './sample';
import type { Memory, Stored } from './state';
import { defaults } from './state';

const DAY = 86_400_000;

/** A short talk with this customer about this product. */
function talkWith(
  { productId, opening, needs: [need], objections: [doubt], buys, leaves }: FakeScenario,
  bought: boolean,
): [Turn['speaker'], string][] {
  const product = productOf(productId);
  const known = product?.objections.find(({ id }) => id === doubt?.id)?.responses[0];
  return [
    ['customer', opening],
    ['rep', 'Good to see you. What does it have to do for you?'],
    ['customer', need?.told ?? ''],
    ['rep', `So that comes first. ${product?.features[0]?.fact ?? ''}`],
    ['customer', doubt?.line ?? ''],
    ['rep', [known?.acknowledge, known?.answer, known?.check].filter(Boolean).join(' ')],
    ['customer', doubt?.settled ?? ''],
    ['rep', `It is ${money(product?.summary.priceFrom ?? 0)}. Shall I ring it up?`],
    ['customer', bought ? buys : leaves],
  ];
}

// Days ago, scenario, score aimed at, outcome.
const attempts: [number, string, number, Outcome][] = [
  [41, 'diabetic-comfort-sandal-price-conscious-medium', 48, 'no_sale'],
  [38, 'vest-friendly-medium', 52, 'undecided'],
  [34, 'moccasin-fleece-lined-rushed-medium', 61, 'sale'],
  [30, 'diabetic-walking-shoe-friendly-easy', 58, 'no_sale'],
  [24, 'the-gunner-friendly-easy', 64, 'undecided'],
  [19, 'vest-friendly-medium', 91, 'sale'],
  [15, 'heritage-western-boot-friendly-easy', 66, 'sale'],
  [11, 'concho-turquoise-friendly-medium', 69, 'undecided'],
  [8, 'pilbara-skeptical-medium', 55, 'no_sale'],
  [5, 'the-gunner-friendly-easy', 84, 'sale'],
  [3, 'moccasin-driving-rushed-easy', 80, 'sale'],
  [2, 'pilbara-friendly-easy', 79, 'sale'],
  [1, 'moccasin-fleece-lined-rushed-medium', 77, 'sale'],
];

function scenarioOf(id: string): FakeScenario {
  const found = scenarios.find((one) => one.id === id);
  if (!found) throw refusal('not_found');
  return found;
}

function turnsOf(lines: [Turn['speaker'], string][]): Turn[] {
  return lines.map(([speaker, text], index) => ({ index, speaker, text, atMs: 2000 + index * 11_000, interrupted: false }));
}

function attempt(user: string, n: number, now: number, [days, scenarioId, aim, outcome]: (typeof attempts)[number]): Stored {
  const scenario = scenarioOf(scenarioId);
  const turns = turnsOf(talkWith(scenario, outcome === 'sale'));
  const report = reportOf(scenario, turns, outcome, aim);
  const startedAt = now - days * DAY - n * 1_380_000;
  const activeMs = 118_000 + n * 21_000;
  return {
    session: {
      id: `past-${n}`,
      userId: user,
      productId: scenario.productId,
      scenarioId,
      seed: n,
      mode: 'typing',
      visibility: 'practice',
      status: 'COMPLETED',
      paused: false,
      outcome,
      overallScore: report.overallScore,
      startedAt,
      endedAt: startedAt + activeMs,
      activeMs,
      turns: turns.length,
      catalogRevision: revision,
      winPath: [],
    },
    turns,
    signals: [
      [
        turns.length - 1,
        {
          kind: 'decide',
          decision: outcome === 'sale' ? 'buy' : outcome === 'no_sale' ? 'walk_away' : 'undecided',
          reason: outcome === 'sale' ? 'convinced' : 'too_expensive',
        },
      ],
    ],
    report,
    voice: null,
  };
}

/** Sessions that ended otherwise: one left open, one left for good, one too short to score. */
function oddOnes(user: string, now: number): Stored[] {
  const one = attempt(user, 50, now, [0, 'diabetic-walking-shoe-friendly-easy', 0, 'undecided']);
  const [expert, hunter] = [scenarioOf('pilbara-knowledgeable-expert'), scenarioOf('the-gunner-price-conscious-expert')];
  const begun = (scenario: FakeScenario, turns: number) => turnsOf(talkWith(scenario, false).slice(0, turns));
  const open: Stored = {
    session: {
      ...one.session,
      id: 'open-1',
      status: 'IN_PROGRESS',
      paused: true,
      outcome: null,
      overallScore: null,
      endedAt: null,
      activeMs: 41_000,
      turns: 5,
      startedAt: now - 3_600_000,
    },
    turns: begun(scenarioOf(one.session.scenarioId), 5),
    signals: [],
    report: null,
    voice: null,
  };
  const left: Stored = {
    session: {
      ...one.session,
      id: 'left-1',
      scenarioId: expert.id,
      productId: expert.productId,
      status: 'ABANDONED',
      outcome: null,
      overallScore: null,
      startedAt: now - 12 * DAY,
      endedAt: now - 12 * DAY + 60_000,
      activeMs: 60_000,
      turns: 4,
    },
    turns: begun(expert, 4),
    signals: [],
    report: null,
    voice: null,
  };
  const brief = reportOf(hunter, begun(hunter, 4), 'undecided', 50);
  const tooShort: Stored = {
    session: {
      ...one.session,
      id: 'short-1',
      scenarioId: hunter.id,
      productId: hunter.productId,
      overallScore: null,
      startedAt: now - 21 * DAY,
      endedAt: now - 21 * DAY + 45_000,
      activeMs: 45_000,
      turns: 4,
    },
    turns: begun(hunter, 4),
    signals: [],
    report: brief,
    voice: null,
  };
  return [open, left, tooShort];
}

/** The memory of somebody who has practised for six weeks. */
export function withPast(profile: Profile, now: number): Memory {
  const sample: Stored = {
    session: sampleSession(profile.id, now - 900_000),
    turns: sampleTurns,
    signals: sampleSignals,
    report: sampleReport,
    voice: null,
  };
  const past = attempts.map((row, n) => attempt(profile.id, n, now, row));
  return {
    profiles: [profile],
    chosen: profile.id,
    settings: { ...defaults },
    stored: [...past, sample, ...oddOnes(profile.id, now)],
    key: { kind: 'missing' },
    next: 100,
  };
}

/** The memory of somebody who has just begun. */
export function withoutPast(profile: Profile | null): Memory {
  return {
    profiles: profile ? [profile] : [],
    chosen: profile?.id ?? null,
    settings: { ...defaults },
    stored: [],
    key: { kind: 'missing' },
    next: 1,
  };
}

/** The memory of a laptop on which two people practise; who does now has not been said. */
export function withPeople(profile: Profile, now: number, long: boolean): Memory {
  const name = long ? 'Maximiliana Featherstonehaugh-Cholmondeley of Upper Pecos IV' : 'Sam Ortega';
  const other: Profile = { id: 'user-2', name, createdAt: profile.createdAt + DAY };
  return { ...withPast(profile, now), profiles: [profile, other], chosen: null };
}
