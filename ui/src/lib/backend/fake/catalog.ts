// The store's own catalogue, read from the files that the program is built with: what the fake shows is what a rep sees.

import { parse, type TomlTable as Table, type TomlValue } from 'smol-toml';
import type { Category, Claim, Difficulty, Feature, Objection, Persona, ProductView, Tier } from '../../bindings';

const files = import.meta.glob<string>('../../../../../crates/core/data/catalog/**/*.toml', { eager: true, query: '?raw', import: 'default' });
const read = (name: string): Table => parse(Object.entries(files).find(([path]) => path.endsWith(`/catalog/${name}`))?.[1] ?? '');

const tables = (value: TomlValue | undefined): Table[] => (Array.isArray(value) ? value.filter((one): one is Table => typeof one === 'object') : []);
const text = (table: Table, key: string): string => String(table[key] ?? '');
const texts = (table: Table | undefined, key: string): string[] => {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

const head = read('catalog.toml');
export const revision = Number(head['revision']);
const categories: Category[] = tables(head['category']).map((one) => ({ id: text(one, 'id'), name: text(one, 'name') }));
const place = (category: string): number => categories.findIndex(({ id }) => id === category);

const products = Object.entries(files)
  .filter(([path]) => path.includes('/products/'))
  .map(([, file]) => parse(file))
  .sort((a, b) => place(text(a, 'category')) - place(text(b, 'category')));

/** A customer with the lines that the fake lets them say. */
export interface FakeScenario {
  id: string;
  productId: string;
  persona: Persona;
  difficulty: Difficulty;
  title: string;
  tests: string;
  goal: string;
  seen: string[];
  opening: string;
  needs: { id: string; label: string; told: string }[];
  objections: { id: string; category: Objection['category']; line: string; settled: string; clarify: string }[];
  /** What they say about how they would use it and when they need it, and what they ask. */
  use: string;
  timing: string;
  asks: string;
  buys: string;
  leaves: string;
}

const first = (table: Table | undefined, key: string): string => texts(table, key)[0] ?? '';

function scenarioOf(product: Table, one: Table): FakeScenario {
  return {
    id: text(one, 'id'),
    productId: text(product, 'id'),
    persona: text(one, 'persona') as Persona,
    difficulty: text(one, 'difficulty') as Difficulty,
    title: text(one, 'title'),
    tests: text(one, 'tests'),
    goal: text(one, 'goal'),
    seen: texts(one, 'seen'),
    opening: first(one, 'opening'),
    needs: tables(one['need']).map((need) => ({ id: text(need, 'id'), label: text(need, 'label'), told: first(need, 'told') })),
    objections: tables(one['objection']).map((raised) => {
      const known = tables(product['objection']).find(({ id }) => id === raised['id']);
      return {
        id: text(raised, 'id'),
        category: text(known ?? {}, 'category') as Objection['category'],
        line: text(raised, 'line'),
        settled: text(raised, 'settled'),
        clarify:
          tables(known?.['response'])
            .map((way) => text(way, 'clarify'))
            .find(Boolean) ?? '',
      };
    }),
    use: first(one['answers'] as Table, 'use'),
    timing: first(one['answers'] as Table, 'timing'),
    asks: text(tables(one['question'])[0] ?? {}, 'ask'),
    buys: first(one, 'goodbye_buy'),
    leaves: first(one, 'goodbye_leave'),
  };
}

export const scenarios: FakeScenario[] = products.flatMap((product) => tables(product['scenario']).map((one) => scenarioOf(product, one)));
export const productIds = products.map((product) => text(product, 'id'));

const claimOf = (one: Table): Claim => ({
  id: text(one, 'id'),
  name: text(one, 'name'),
  topic: text(one, 'topic') as Claim['topic'],
  kind: text(one, 'kind') as Claim['kind'],
  says: [],
  truth: text(one, 'truth'),
});
const policies = tables(read('policies.toml')['claim']).map(claimOf);

const featureOf = (one: Table): Feature => ({
  id: text(one, 'id'),
  name: text(one, 'name'),
  importance: text(one, 'importance') as Feature['importance'],
  fact: text(one, 'fact'),
  benefit: text(one, 'benefit'),
  says: [],
});

const objectionOf = (one: Table): Objection => ({
  id: text(one, 'id'),
  category: text(one, 'category') as Objection['category'],
  line: text(one, 'line'),
  heard: [],
  answers: [],
  features: texts(one, 'features'),
  responses: tables(one['response']).map((way) => ({
    clarify: text(way, 'clarify'),
    acknowledge: text(way, 'acknowledge'),
    answer: text(way, 'answer'),
    check: text(way, 'check'),
  })),
});

/** A product as it is studied; scores and attempts are filled in from the sessions. */
export function productOf(id: string): ProductView | null {
  const found = products.find((one) => one['id'] === id);
  if (!found) return null;
  const tiers: Tier[] = tables(found['tier']).map((one) => ({
    name: text(one, 'name'),
    priceCents: Number(one['price_cents']),
    note: text(one, 'note'),
  }));
  const prices = tiers.map(({ priceCents }) => priceCents);
  return {
    summary: {
      id,
      sku: text(found, 'sku'),
      name: text(found, 'name'),
      category: categories[place(text(found, 'category'))] ?? { id: '', name: '' },
      sample: found['sample'] === true,
      art: text(found, 'art'),
      line: text(found, 'line'),
      priceFrom: Math.min(...prices),
      priceTo: Math.max(...prices),
      bestScore: null,
      attempts: 0,
    },
    description: text(found, 'description'),
    tiers,
    features: tables(found['feature']).map(featureOf),
    claims: tables(found['claim']).map(claimOf),
    policies,
    objections: tables(found['objection']).map(objectionOf),
    tips: tables(found['tip']).map((one) => ({ text: text(one, 'text') })),
    scenarios: [],
  };
}
