import { expect, test } from 'vitest';
import { parse, SCREENS, to } from './router.svelte';

test('every address leads back to its route', () => {
  for (const screen of SCREENS) {
    const { params, query, ...route } = parse(to(screen, ['a/b', 'ü ?'], { text: 'smell & wax', none: '' }));
    expect({ ...route, params, text: query.get('text'), none: query.get('none') }).toEqual({
      screen,
      params: ['a/b', 'ü ?'],
      text: 'smell & wax',
      none: null,
    });
  }
});

test('an unknown or broken address leads to Practice', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A', '#main']) expect(parse(hash).screen).toBe('practice');
});
