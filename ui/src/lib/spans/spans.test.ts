import { describe, expect, test } from 'vitest';
import { parsePlace, placeOf, stretches, wordsAt } from './spans';

const pin = (start: number, end: number, value = 1) => ({ span: { start, end }, value });

describe('stretches', () => {
  test('together they are the text, whatever the pins', () => {
    const text = 'It’s 🐎 quiet, 👨‍👩‍👧 and dry.';
    for (let start = 0; start < 12; start += 1) {
      for (let end = start + 1; end < 14; end += 1) {
        const cut = stretches(text, [pin(start, end), pin(3, 7), pin(5, 9)]);
        expect(cut.map((stretch) => stretch.text).join('')).toBe(text);
      }
    }
  });

  test('count characters, not halves of them', () => {
    const [, horse] = stretches('a 🐎🐎 b', [pin(2, 4)]);
    expect(horse?.text).toBe('🐎🐎');
    expect(wordsAt('a 🐎🐎 b', { start: 3, end: 4 })).toBe('🐎');
  });

  test('name every pin over a stretch, and where each ends', () => {
    const outer = pin(0, 10);
    const inner = pin(4, 6, -2);
    const cut = stretches('0123456789', [outer, inner]);
    expect(cut.map(({ pins }) => pins.length)).toEqual([1, 2, 1]);
    expect(cut.map(({ ending }) => ending)).toEqual([[], [inner], [outer]]);
  });

  test('leave out what lies outside the text', () => {
    expect(stretches('short', [pin(2, 99), pin(3, 3), pin(-1, 2)])).toEqual([{ text: 'short', start: 0, end: 5, pins: [], ending: [] }]);
    expect(stretches('', [])).toEqual([]);
  });
});

test('a place survives its address', () => {
  const quote = { turn: 12, span: { start: 3, end: 40 } };
  expect(parsePlace(placeOf(quote))).toEqual(quote);
});

test('what is no place is none', () => {
  for (const place of [null, '', '1', '1:2', '1:2-x', '-1:2-3', '1:2-3 ']) expect(parsePlace(place)).toBeNull();
});
