// Places in a turn's text. They count characters (code points), as the host does; a JavaScript string counts halves of some of them.

import type { Quote, Span } from '../bindings';

/** Something that points at a place of the transcript. */
export interface Pin {
  /** Where. */
  span: Span;
  /** Points, where it is about points. */
  value: number;
}

/** A stretch of text with the same pins from end to end. */
export interface Stretch {
  text: string;
  start: number;
  end: number;
  /** The pins that cover it. */
  pins: Pin[];
  /** The pins that end with it. */
  ending: Pin[];
}

/** Cuts a text where pins begin and end; the stretches together are the text. */
export function stretches(text: string, pins: Pin[]): Stretch[] {
  const chars = Array.from(text);
  const valid = pins.filter(({ span }) => span.start < span.end && span.start >= 0 && span.end <= chars.length);
  const cuts = new Set([0, chars.length]);
  for (const { span } of valid) {
    cuts.add(span.start);
    cuts.add(span.end);
  }
  const at = [...cuts].sort((a, b) => a - b);
  const found: Stretch[] = [];
  for (let i = 0; i + 1 < at.length; i += 1) {
    const start = at[i] ?? 0;
    const end = at[i + 1] ?? 0;
    found.push({
      text: chars.slice(start, end).join(''),
      start,
      end,
      pins: valid.filter(({ span }) => span.start <= start && span.end >= end),
      ending: valid.filter(({ span }) => span.end === end),
    });
  }
  return found;
}

/** The words at a span. */
export function wordsAt(text: string, span: Span): string {
  return Array.from(text).slice(span.start, span.end).join('');
}

/** A place as it stands in an address: `5:8-33`. */
export function placeOf(quote: Pick<Quote, 'turn' | 'span'>): string {
  return `${quote.turn}:${quote.span.start}-${quote.span.end}`;
}

/** The place of an address; `null` where it is none. */
export function parsePlace(place: string | null): { turn: number; span: Span } | null {
  const match = /^(\d+):(\d+)-(\d+)$/.exec(place ?? '');
  if (!match) return null;
  return { turn: Number(match[1]), span: { start: Number(match[2]), end: Number(match[3]) } };
}
