import { expect, test } from 'vitest';
import { parse, type Router } from '../../app/router.svelte';
import type { Backend } from '../../lib/backend';
import { openFake } from '../../lib/backend/fake';
import type { HistoryPage } from '../../lib/bindings';
import { History } from './history.svelte';

/** A router without a window. */
function routed(hash = '#/history'): Router {
  const router = {
    route: parse(hash),
    swap(to: string) {
      this.route = parse(to);
    },
  };
  return router as Router;
}

/** A host whose answers come when the test says so, in its order. */
function held<Name extends 'history' | 'product'>(backend: Backend, name: Name) {
  const answers: (() => void)[] = [];
  const ask = backend[name].bind(backend) as (...args: unknown[]) => Promise<unknown>;
  backend[name] = (async (...args: unknown[]) => {
    const answer = await ask(...args);
    await new Promise<void>((resolve) => answers.push(resolve));
    return answer;
  }) as Backend[Name];
  /** Lets the answers of these questions come. */
  return async (...which: number[]) => {
    while (answers.length <= Math.max(...which)) await new Promise((resolve) => setTimeout(resolve));
    for (const one of which) {
      answers[one]?.();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
}

/** Pages of three, so that there is more. */
function small(backend: Backend): Backend {
  const history = backend.history;
  backend.history = (query) => history({ ...query, limit: 3 });
  return backend;
}

const ids = (history: History): string[] => history.rows.map(({ session }) => session.id);

test('a page that was asked for before the filter changed is dropped', async () => {
  const backend = small(openFake('', null));
  const history = new History(backend, routed());
  await history.search();
  const answer = held(backend, 'history');
  const more = history.showMore();
  history.set({ outcome: 'sale' });
  const search = history.search();
  expect(history.more.busy).toBe(false);
  await answer(1, 0);
  await Promise.all([more, search]);
  expect(ids(history)).toEqual(history.page.value?.rows.map(({ session }) => session.id));
  expect(history.rows.every(({ session }) => session.outcome === 'sale')).toBe(true);
});

test('more is not asked for while other rows are on their way', async () => {
  const backend = small(openFake('', null));
  const history = new History(backend, routed());
  await history.search();
  const answer = held(backend, 'history');
  history.set({ outcome: 'sale' });
  const search = history.search();
  await history.showMore();
  await answer(0);
  await search;
  expect(history.rows).toHaveLength(3);
  const more = history.showMore();
  await answer(1);
  await more;
  expect(new Set(ids(history)).size).toBe(6);
});

test('a refusal of more is not shown under another search', async () => {
  const backend = openFake('', null);
  const history = new History(backend, routed());
  await history.search();
  const asked = backend.history;
  backend.history = () => Promise.reject<HistoryPage>(new Error('gone'));
  await history.showMore();
  expect(history.more.refusal).not.toBeNull();
  backend.history = asked;
  await history.search();
  expect(history.more.refusal).toBeNull();
});

test('the customers are those of the product that was chosen last', async () => {
  const backend = openFake('', null);
  const answer = held(backend, 'product');
  const history = new History(backend, routed('#/history?product=the-gunner'));
  const first = history.loadScenarios();
  history.set({ product: 'pilbara-jacket' });
  const second = history.loadScenarios();
  await answer(1, 0);
  await Promise.all([first, second]);
  expect(history.scenarios.length).toBeGreaterThan(0);
  expect(history.scenarios.every(({ productId }) => productId === 'pilbara-jacket')).toBe(true);
});

test('letters that were just typed go along with another filter', () => {
  const history = new History(openFake('', null), routed());
  history.typed = ' smell ';
  history.set({ outcome: 'sale' });
  history.follow();
  expect([history.filter('text'), history.filter('outcome'), history.typed]).toEqual(['smell', 'sale', ' smell ']);
});

test('the field follows the address where the search was cleared', () => {
  const history = new History(openFake('', null), routed('#/history?text=smell'));
  expect(history.typed).toBe('smell');
  history.clear();
  history.follow();
  expect(history.typed).toBe('');
});
