import { expect, test } from 'vitest';
import type { Progress, Skill } from '../../lib/bindings';
import { headline } from './headline';
import { trendOf } from './trend';

const skills = (scores: (number | null)[]): Progress['skills'] =>
  (['productKnowledge', 'objectionHandling', 'closingTechnique', 'rapport'] satisfies Skill[]).map((skill, i) => ({
    skill,
    average: scores[i] ?? null,
    change: null,
    recent: [],
  }));

test('the headline names the skill that holds back, where one does', () => {
  const trend = { slopeHundredths: 100, direction: 'improving' as const };
  expect(headline({ trend, skills: skills([80, 54, 68, 83]) })).toBe('You are getting better. Objections are what hold you back.');
  expect(headline({ trend, skills: skills([70, 70, 71, 72]) })).toBe('You are getting better.');
  expect(headline({ trend, skills: skills([null, null, null, null]) })).toBe('You are getting better.');
});

test('with too few attempts nothing is blamed', () => {
  expect(headline({ trend: { slopeHundredths: 0, direction: 'too_early' }, skills: skills([80, 10, 68, 83]) })).toBe(
    'A few more attempts and there is a trend to see.',
  );
});

test('the line is the average of the last four', () => {
  const scores = [40, 60, 80, 60, 100].map((score, n) => ({ sessionId: String(n), endedAt: n, score }));
  expect(trendOf(scores).map(({ average }) => average)).toEqual([40, 50, 60, 60, 75]);
});
