// Searching and counting what the fake remembers.

import type { Badge, HistoryPage, HistoryQuery, Period, Progress, ScoreBand, Session, Skill, Snippet } from '../../bindings';
import { scenarios } from './catalog';
import type { Stored } from './state';

const DAY = 86_400_000;
const days: Record<Period, number> = { week: 7, month: 30, quarter: 90 };

function inBand(score: number | null, band: ScoreBand): boolean {
  if (score === null) return band === 'unscored';
  return band === (score >= 80 ? 'high' : score >= 60 ? 'middle' : 'low');
}

function matches(session: Session, query: HistoryQuery, now: number): boolean {
  return (
    (!query.productId || session.productId === query.productId) &&
    (!query.scenarioId || session.scenarioId === query.scenarioId) &&
    (!query.outcome || session.outcome === query.outcome) &&
    (!query.score || inBand(session.overallScore, query.score)) &&
    (!query.period || session.startedAt >= now - days[query.period] * DAY)
  );
}

function snippetOf({ turns }: Stored, text: string): Snippet | null {
  for (const turn of turns) {
    const at = turn.text.toLowerCase().indexOf(text.toLowerCase());
    if (at >= 0) {
      const start = Array.from(turn.text.slice(0, at)).length;
      return { speaker: turn.speaker, turn: turn.index, text: turn.text, hits: [[start, start + Array.from(text).length]] };
    }
  }
  return null;
}

export function historyOf(mine: Stored[], query: HistoryQuery, now: number, nameOf: (productId: string) => string): HistoryPage {
  const words = query.text?.trim() ?? '';
  const found = mine
    .filter(({ session }) => session.status !== 'IN_PROGRESS')
    .sort((a, b) => b.session.startedAt - a.session.startedAt)
    .map((stored) => ({ stored, snippet: words ? snippetOf(stored, words) : null }))
    .filter(({ stored, snippet }) => matches(stored.session, query, now) && (!words || snippet));
  const rows = found.slice(query.offset, query.offset + (query.limit || 50)).map(({ stored: { session }, snippet }) => {
    const scenario = scenarios.find(({ id }) => id === session.scenarioId);
    return { session, productName: nameOf(session.productId), persona: scenario?.persona ?? null, difficulty: scenario?.difficulty ?? null, snippet };
  });
  return { rows, matching: found.length, total: mine.filter(({ session }) => session.status !== 'IN_PROGRESS').length };
}

const SKILLS: Skill[] = ['productKnowledge', 'objectionHandling', 'closingTechnique', 'rapport'];
const average = (all: number[]): number | null => (all.length ? Math.round(all.reduce((a, b) => a + b, 0) / all.length) : null);

const badge = (id: string, have: number, need: number): Badge => ({ id, earned: have >= need, have: Math.min(have, need), need });

export function progressOf(mine: Stored[], now: number): Progress {
  const done = mine.filter(({ session }) => session.status === 'COMPLETED').sort((a, b) => a.session.startedAt - b.session.startedAt);
  const over = mine.filter(({ session }) => session.status !== 'IN_PROGRESS');
  const scored = done.filter(({ session }) => session.overallScore !== null);
  const scores = scored.map(({ session }) => session.overallScore ?? 0);
  const dayOf = (ms: number): number => Math.floor(ms / DAY);
  const practised = new Set(done.map(({ session }) => dayOf(session.startedAt)));
  const today = dayOf(now);
  let streak = 0;
  for (let day = practised.has(today) ? today : today - 1; practised.has(day); day -= 1) streak += 1;
  const products = [...new Set(scored.map(({ session }) => session.productId))];
  const best = scores.length ? Math.max(...scores) : null;
  return {
    totalSessions: done.length,
    scoredSessions: scored.length,
    averageScore: average(scores),
    bestScore: best,
    completionRate: over.length ? Math.round((100 * done.length) / over.length) : null,
    practiceMs: done.reduce((sum, { session }) => sum + session.activeMs, 0),
    skills: SKILLS.map((skill, n) => {
      const all = scored.map(({ report }) => report?.metrics[skill]).filter((score): score is number => typeof score === 'number');
      return { skill, average: average(all), change: all.length > 3 ? ([12, -2, 9, 0][n] ?? 0) : null, recent: all.slice(-10) };
    }),
    mastery: products
      .map((productId) => {
        const all = scored.filter(({ session }) => session.productId === productId).map(({ session }) => session.overallScore ?? 0);
        return { productId, average: average(all) ?? 0, best: Math.max(...all), sessions: all.length };
      })
      .sort((a, b) => b.average - a.average),
    trend: { slopeHundredths: scores.length > 2 ? 240 : 0, direction: scores.length > 2 ? 'improving' : 'too_early' },
    scores: scored
      .slice(-30)
      .map(({ session }) => ({ sessionId: session.id, endedAt: session.endedAt ?? session.startedAt, score: session.overallScore ?? 0 })),
    streak,
    bestStreak: Math.max(streak, scored.length > 9 ? 4 : 0),
    week: Array.from({ length: 7 }, (_, i) => ({ day: today - 6 + i, practised: practised.has(today - 6 + i) })),
    badges: [
      badge('dedicated', done.length, 10),
      badge('straight-talker', done.filter(({ report }) => report?.claims.every(({ verdict }) => verdict !== 'contradicted')).length, 5),
      badge('consistent', scores.filter((score) => score >= 80).length, 5),
      badge('expert', scores.filter((score) => score >= 95).length, 1),
      badge('doubt-settler', 2, 5),
    ],
  };
}
