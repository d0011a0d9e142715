import { expect, test } from 'vitest';
import { sampleReport } from '../../lib/backend/fake/sample';
import { overlaps, pinsOf } from './debrief.svelte';
import { aimOf, scaleOf, worded } from './measures';

test('every point with a quote is pinned to its turn', () => {
  const pins = pinsOf(sampleReport);
  for (const { points } of sampleReport.skills)
    for (const { quote, value } of points) expect(pins.get(quote?.turn ?? -1)).toContainEqual({ span: quote?.span, value });
});

test('what is only quoted never lies over what is scored', () => {
  for (const pins of pinsOf(sampleReport).values())
    for (const quiet of pins.filter(({ value }) => value === 0))
      expect(pins.filter((other) => other !== quiet && other.value !== 0 && overlaps(other.span, quiet.span))).toEqual([]);
});

test('an attempt without a report has no pins', () => {
  expect(pinsOf(null).size).toBe(0);
});

test('a value stands in its unit, in tenths where it has them', () => {
  expect([worded('talkShare', 660), worded('pauseAfterObjection', 4), worded('openQuestions', 20), worded('pace', 1380)]).toEqual([
    '66%',
    '0.4 s',
    '2',
    '138 wpm',
  ]);
});

test('an aim is between, at most, at least, or none', () => {
  const aim = (from: number, to: number) => aimOf({ kind: 'talkShare', tenths: 1, aim: [from, to], notMeasurable: null });
  expect([aim(400, 550), aim(0, 550), aim(400, 1000)]).toEqual(['Aim 40 to 55%.', 'Aim 55% at most.', 'Aim 40% at least.']);
  expect(aimOf({ kind: 'pace', tenths: 1, aim: null, notMeasurable: null })).toMatch(/No aim/);
});

test('a value beyond the line lies at its end', () => {
  expect(scaleOf({ kind: 'fillers', tenths: 900, aim: [0, 20], notMeasurable: null })?.value).toBe(100);
  expect(scaleOf({ kind: 'fillers', tenths: null, aim: [0, 20], notMeasurable: null })).toBeNull();
});
