// What the fake answers about products and scenarios, with the rep's own scores filled in.

import type { Debrief, Message, PracticeView, ProductSummary, ProductView, Recommendation, ScenarioSummary, SessionView } from '../../bindings';
import { categories, type FakeScenario, productIds, productOf, scenarios } from './catalog';
import { refusal } from './faults';
import type { Stored } from './state';
import { answerTo } from './report';

const facts = [
  '$119.00, tobacco or mustard',
  'Oil-finished cotton, re-waxed about once a year',
  'Water-resistant, not waterproof',
  'Returns: 30 days, unused, tags on, RA number',
];

/** The rep's best score and completed attempts among these. */
function standing(done: Stored[]): { bestScore: number | null; attempts: number } {
  const scores = done.map(({ session }) => session.overallScore).filter((score): score is number => score !== null);
  return { bestScore: scores.length ? Math.max(...scores) : null, attempts: done.length };
}

export class Views {
  constructor(
    readonly mine: () => Stored[],
    readonly long: boolean,
  ) {}

  #done(): Stored[] {
    return this.mine().filter(({ session }) => session.status === 'COMPLETED');
  }

  product(id: string): ProductView {
    const found = productOf(id);
    if (!found) throw refusal('not_found');
    const summary = { ...found.summary, ...standing(this.#done().filter(({ session }) => session.productId === id)) };
    if (this.long) summary.name = `${summary.name} with Extra Weatherproofed Shoulders and an Unusually Long Name`;
    return { ...found, summary, scenarios: scenarios.filter(({ productId }) => productId === id).map((one) => this.scenario(one)) };
  }

  scenario({ goal: _goal, seen: _seen, ...one }: FakeScenario): ScenarioSummary {
    const title = this.long ? `${one.title} who has come a long way, and whose story takes its time before it arrives anywhere` : one.title;
    return { ...one, title, ...standing(this.#done().filter(({ session }) => session.scenarioId === one.id)) };
  }

  find(id: string): FakeScenario {
    const found = scenarios.find((one) => one.id === id);
    if (!found) throw refusal('not_found');
    return found;
  }

  products(text = '', category: string | null = null): ProductSummary[] {
    const wanted = text.trim().toLowerCase();
    return productIds
      .map((id) => this.product(id))
      .filter(({ summary, description, features }) => {
        const all = [summary.name, summary.sku, summary.line, description, ...features.map(({ name }) => name)].join(' ').toLowerCase();
        return (!category || summary.category.id === category) && all.includes(wanted);
      })
      .map(({ summary }) => summary);
  }

  recommend(skip: string[]): Recommendation {
    const order = [
      'pilbara-jacket-skeptical-medium',
      'oilskin-vest-price-conscious-medium',
      'heritage-boot-friendly-easy',
      'gunner-knowledgeable-expert',
    ];
    const done = this.#done().length;
    const first = done === 0;
    const wanted = first ? ['oilskin-vest-friendly-easy', ...order] : order;
    const id = wanted.find((one) => !skip.includes(one)) ?? wanted[0] ?? '';
    const scenario = this.scenario(this.find(id));
    const product = this.product(scenario.productId).summary;
    const reason: Message = first
      ? { id: 'recommend-first' }
      : {
          id: 'recommend-medium',
          args: { count: String(Math.min(5, done)), average: '74', tried: scenario.attempts > 0 ? 'yes' : 'no', product: product.name },
        };
    return { scenario, product, reason };
  }

  practice(): PracticeView {
    return {
      recommendation: this.recommend([]),
      unfinished: this.mine()
        .filter(({ session }) => session.status === 'IN_PROGRESS')
        .reverse()
        .map((one) => {
          const { session, scenario, product } = this.session(one);
          return { session, scenario, product };
        }),
      products: this.products(),
      scenarios: scenarios.map((one) => this.scenario(one)),
    };
  }

  session(stored: Stored): SessionView {
    const scenario = this.find(stored.session.scenarioId);
    const reps = stored.turns.filter(({ speaker }) => speaker === 'rep').length;
    const customer = reps ? answerTo(reps - 1).state : { mood: 'guarded' as const, ended: false };
    return {
      session: stored.session,
      scenario: this.scenario(scenario),
      product: this.product(scenario.productId).summary,
      goal: scenario.goal,
      facts,
      turns: stored.turns,
      customer,
    };
  }

  debrief({ session, turns, signals, report }: Stored): Debrief {
    const scenario = this.find(session.scenarioId);
    const next = this.recommend([session.scenarioId]);
    return {
      session,
      scenario: this.scenario(scenario),
      product: this.product(scenario.productId).summary,
      turns,
      report,
      signals,
      novice: this.#done().length < 5,
      next,
    };
  }

  get facts(): string[] {
    return facts;
  }

  get categories() {
    return Object.values(categories);
  }
}
