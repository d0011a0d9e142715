import { placeOf } from './path';
import { expect, test } from 'vitest';
import { money, priceRange } from './money';
import { clock, dayOf, weekdayOf } from './time';
import { ending, practiceTime, price, when } from './words';

test('a clock has minutes and seconds, and hours from an hour on', () => {
  expect([0, 999, 61_000, 599_999, 3_600_000, 3_661_000, -5].map(clock)).toEqual(['0:00', '0:00', '1:01', '9:59', '1:00:00', '1:01:01', '0:00']);
});

test('money always has its cents', () => {
  expect([11900, 199, 0, 123456].map(money)).toEqual(['$119.00', '$1.99', '$0.00', '$1,234.56']);
  expect(priceRange(7900, 7900).to).toBeNull();
  expect(price({ priceFrom: 7900, priceTo: 9500 })).toBe('$79.00 to $95.00');
});

test('a day is today until midnight', () => {
  const noon = new Date(2026, 10, 23, 12).getTime();
  const justAfterMidnight = new Date(2026, 10, 23, 0, 1).getTime();
  const lateYesterday = new Date(2026, 10, 22, 23, 59).getTime();
  expect([noon, justAfterMidnight, lateYesterday].map((at) => dayOf(at, noon).ago)).toEqual([0, 0, 1]);
  expect(when(lateYesterday, noon)).toBe('Yesterday, 11:59 PM');
  expect(dayOf(new Date(2025, 0, 5).getTime(), noon).name).toBe('Jan 5, 2025');
});

test('days since 1970 have their name in every time zone', () => {
  expect([0, 20_780].map(weekdayOf)).toEqual(['Thu', 'Mon']);
});

test('an attempt ends in one of five words', () => {
  expect(ending({ status: 'COMPLETED', outcome: 'sale' })).toBe('Sale');
  expect(ending({ status: 'COMPLETED', outcome: 'no_sale' })).toBe('No sale');
  expect(ending({ status: 'COMPLETED', outcome: null })).toBe('Undecided');
  expect(ending({ status: 'ABANDONED', outcome: null })).toBe('Left unscored');
  expect(ending({ status: 'IN_PROGRESS', outcome: null })).toBe('Not ended');
});

test('practice time is told in hours from an hour on', () => {
  expect([60_000, 59 * 60_000, 61 * 60_000].map(practiceTime)).toEqual(['one minute', '59 minutes', '1 h 1 min']);
});

test('a path is a file and its folder, on any system', () => {
  expect(placeOf('/home/dana/Downloads/sellme-1.json')).toEqual({ file: 'sellme-1.json', folder: '/home/dana/Downloads' });
  expect(placeOf('C:\\Users\\Dana Whitfield\\Downloads\\sellme-1.json')).toEqual({
    file: 'sellme-1.json',
    folder: 'C:\\Users\\Dana Whitfield\\Downloads',
  });
  expect([placeOf('/sellme-1.json'), placeOf('sellme-1.json')]).toEqual([
    { file: 'sellme-1.json', folder: '/' },
    { file: 'sellme-1.json', folder: '' },
  ]);
});
