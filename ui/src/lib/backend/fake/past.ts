// Attempts of the last weeks, so that every screen has something to show.

import type { Outcome, Profile, Turn } from '../../bindings';
import { scenarios } from './catalog';
import { reportOf } from './report';
import { sampleReport, sampleSession, sampleSignals, sampleTurns } from './sample';
import type { Memory, Stored } from './state';
import { defaults } from './state';

const DAY = 86_400_000;

const talk: [Turn['speaker'], string][] = [
  ['customer', 'My last one had a smell that got into the truck.'],
  ['rep', 'That would put me off too. What do you use the coat for?'],
  ['customer', 'Feeding, mostly. Early mornings.'],
  ['rep', 'So it has to be quick to get on in the dark. This one closes with snaps over a zipper.'],
  ['customer', 'How long does the oil smell stay?'],
  ['rep', 'That smell is the oil finish. It fades as you wear it. Would you be wearing it indoors much?'],
  ['customer', 'Hardly. What is it?'],
  ['rep', 'It is a hundred and nineteen dollars. Shall I find your size?'],
  ['customer', 'Go ahead.'],
];

// Days ago, scenario, score aimed at, outcome.
const attempts: [number, string, number, Outcome][] = [
  [41, 'comfort-sandal-friendly-medium', 48, 'no_sale'],
  [38, 'oilskin-vest-friendly-easy', 52, 'undecided'],
  [34, 'fleece-moccasin-knowledgeable-medium', 61, 'sale'],
  [30, 'walking-shoe-rushed-medium', 58, 'no_sale'],
  [24, 'gunner-price-conscious-medium', 64, 'undecided'],
  [19, 'oilskin-vest-friendly-easy', 91, 'sale'],
  [15, 'heritage-boot-friendly-easy', 66, 'sale'],
  [11, 'concho-turquoise-friendly-medium', 69, 'undecided'],
  [8, 'pilbara-jacket-skeptical-medium', 55, 'no_sale'],
  [5, 'gunner-price-conscious-medium', 84, 'sale'],
  [3, 'driving-moccasin-friendly-easy', 80, 'sale'],
  [2, 'pilbara-jacket-friendly-easy', 79, 'sale'],
  [1, 'fleece-moccasin-knowledgeable-medium', 77, 'sale'],
];

function turnsOf(lines: [Turn['speaker'], string][]): Turn[] {
  return lines.map(([speaker, text], index) => ({ index, speaker, text, atMs: 2000 + index * 11_000, interrupted: false }));
}

function attempt(user: string, n: number, now: number, [days, scenarioId, aim, outcome]: (typeof attempts)[number]): Stored {
  const turns = turnsOf(talk);
  const report = reportOf(turns, outcome, aim);
  const startedAt = now - days * DAY - n * 1_380_000;
  const activeMs = 118_000 + n * 21_000;
  return {
    session: {
      id: `past-${n}`,
      userId: user,
      productId: scenarios.find(({ id }) => id === scenarioId)?.productId ?? 'pilbara-jacket',
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
      catalogRevision: 14,
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
  };
}

/** Sessions that ended otherwise: one left open, one left for good, one too short to score. */
function oddOnes(user: string, now: number): Stored[] {
  const one = attempt(user, 50, now, [0, 'walking-shoe-rushed-medium', 0, 'undecided']);
  const short = turnsOf(talk.slice(0, 4));
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
    turns: turnsOf(talk.slice(0, 5)),
    signals: [],
    report: null,
  };
  const left: Stored = {
    session: {
      ...one.session,
      id: 'left-1',
      scenarioId: 'pilbara-jacket-rushed-hard',
      productId: 'pilbara-jacket',
      status: 'ABANDONED',
      outcome: null,
      overallScore: null,
      startedAt: now - 12 * DAY,
      endedAt: now - 12 * DAY + 60_000,
      activeMs: 60_000,
      turns: 4,
    },
    turns: short,
    signals: [],
    report: null,
  };
  const brief = reportOf(short, 'undecided', 50);
  const tooShort: Stored = {
    session: {
      ...one.session,
      id: 'short-1',
      scenarioId: 'gunner-knowledgeable-expert',
      productId: 'gunner',
      overallScore: null,
      startedAt: now - 21 * DAY,
      endedAt: now - 21 * DAY + 45_000,
      activeMs: 45_000,
      turns: 4,
    },
    turns: short,
    signals: [],
    report: brief,
  };
  return [open, left, tooShort];
}

/** The memory of somebody who has practised for six weeks. */
export function withPast(profile: Profile, now: number): Memory {
  const sample: Stored = { session: sampleSession(profile.id, now - 900_000), turns: sampleTurns, signals: sampleSignals, report: sampleReport };
  const past = attempts.map((row, n) => attempt(profile.id, n, now, row));
  return { profiles: [profile], chosen: profile.id, settings: { ...defaults }, stored: [...past, sample, ...oddOnes(profile.id, now)], next: 100 };
}

/** The memory of somebody who has just begun. */
export function withoutPast(profile: Profile | null): Memory {
  return { profiles: profile ? [profile] : [], chosen: profile?.id ?? null, settings: { ...defaults }, stored: [], next: 1 };
}

/** The memory of a laptop on which two people practise; who does now has not been said. */
export function withPeople(profile: Profile, now: number, long: boolean): Memory {
  const name = long ? 'Maximiliana Featherstonehaugh-Cholmondeley of Upper Pecos IV' : 'Sam Ortega';
  const other: Profile = { id: 'user-2', name, createdAt: profile.createdAt + DAY };
  return { ...withPast(profile, now), profiles: [profile, other], chosen: null };
}
