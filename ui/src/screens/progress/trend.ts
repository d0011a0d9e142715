// The points of the trend chart and the drawing of it. The drawing library is loaded when the first chart is shown.

import type { ScorePoint } from '../../lib/bindings';
import { shortDay } from '../../lib/format/time';

export interface TrendPoint {
  /** Place in the row of attempts, from 0. */
  n: number;
  score: number;
  /** Average of this attempt and up to three before it. */
  average: number;
  endedAt: number;
}

const WINDOW = 4;

export function trendOf(scores: ScorePoint[]): TrendPoint[] {
  return scores.map(({ score, endedAt }, n) => {
    const last = scores.slice(Math.max(0, n - WINDOW + 1), n + 1);
    return { n, score, endedAt, average: Math.round(last.reduce((sum, one) => sum + one.score, 0) / last.length) };
  });
}

/** The chart as an element of this width. */
export async function draw(points: TrendPoint[], width: number): Promise<Element> {
  const { axisX, dot, gridY, line, plot, text } = await import('@observablehq/plot');
  const low = Math.max(0, Math.floor((Math.min(...points.map(({ score }) => score)) - 5) / 20) * 20);
  const high = Math.min(100, Math.ceil((Math.max(...points.map(({ score }) => score)) + 3) / 10) * 10);
  const lines = Array.from({ length: Math.floor((high - low) / 20) + 1 }, (_, i) => low + i * 20);
  const ends = points.length > 1 ? [0, points.length - 1] : [0];
  return plot({
    width,
    height: 230,
    marginLeft: 34,
    marginRight: 44,
    marginTop: 14,
    marginBottom: 30,
    x: { domain: [0, Math.max(1, points.length - 1)], inset: 12, label: null },
    y: { domain: [low, high], label: null, axis: null },
    marks: [
      gridY(lines, { stroke: 'var(--line)', strokeOpacity: 1 }),
      text(lines, { x: null, frameAnchor: 'left', y: (d: number) => d, text: String, dx: -10, textAnchor: 'end', fill: 'var(--ink-3)' }),
      axisX({ ticks: ends, tickSize: 0, tickPadding: 12, tickFormat: (n: number) => shortDay(points[n]?.endedAt ?? 0), fill: 'var(--ink-3)' }),
      line(points, { x: 'n', y: 'average', stroke: 'var(--saddle)', strokeWidth: 3, strokeLinejoin: 'round', strokeLinecap: 'round' }),
      dot(points, { x: 'n', y: 'score', r: 4, fill: 'var(--paper)', stroke: 'var(--line-strong)', strokeWidth: 2 }),
      text(points.slice(-1), {
        x: 'n',
        y: 'average',
        text: (d: TrendPoint) => String(d.average),
        dx: 12,
        textAnchor: 'start',
        fill: 'var(--ink)',
        fontSize: 15,
        fontWeight: 700,
        fontFamily: 'var(--font-head)',
      }),
    ],
    style: { fontFamily: 'var(--font-body)', fontSize: '13px', background: 'transparent', overflow: 'visible' },
  });
}
