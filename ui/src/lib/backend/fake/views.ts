// What the fake answers about products and scenarios, with the rep's own scores filled in.

import type { Debrief, Message, PracticeView, ProductSummary, ProductView, Recommendation, ScenarioSummary, SessionView } from '../../bindings';
import { money } from '../../format/money';
import { type FakeScenario, productIds, productOf, scenarios } from './catalog';
import { refusal } from './faults';
import type { Stored } from './state';
import { answerTo } from './report';

/** Facts that the rep can rely on: the price, the most important features, the return window. */
function factsOf({ summary, features, policies }: ProductView): string[] {
  const { priceFrom, priceTo } = summary;
  const price = priceFrom === priceTo ? money(priceFrom) : `${money(priceFrom)} to ${money(priceTo)}`;
  const important = [...features.filter(({ importance }) => importance === 'high'), ...features.filter(({ importance }) => importance === 'medium')];
  const returns = policies.find(({ topic, kind }) => topic === 'returns' && kind === 'fact');
  return [price, ...important.slice(0, 3).map(({ fact }) => fact), ...(returns ? [returns.truth] : [])];
}

/** The rep's best score and completed attempts among these. */
function standing(done: Stored[]): { bestScore: number | null; attempts: number } {
  const scores = done.map(({ session }) => session.overallScore).filter((score): score is number => score !== null);
  return { bestScore: scores.length ? Math.max(...scores) : null, attempts: done.length };
}

export class Views {
  constructor(
    readonly mine: () => Stored[],
    readonly long: boolean,
    /** Talks by voice in which somebody can talk now: there is a line, or the rep types. */
    readonly talking: Set<string> = new Set(),
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

  scenario({ id, productId, persona, difficulty, tests, ...one }: FakeScenario): ScenarioSummary {
    const title = this.long ? `${one.title} who has come a long way, and whose story takes its time before it arrives anywhere` : one.title;
    return { id, productId, persona, difficulty, tests, title, ...standing(this.#done().filter(({ session }) => session.scenarioId === id)) };
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
      'pilbara-skeptical-medium',
      'moccasin-classic-leather-price-conscious-medium',
      'diabetic-ankle-boot-skeptical-medium',
      'concho-copper-knowledgeable-medium',
    ];
    const done = this.#done().length;
    const first = done === 0;
    const wanted = first ? ['concho-sterling-friendly-easy', ...order] : order;
    const id = wanted.find((one) => !skip.includes(one)) ?? wanted[0] ?? '';
    const scenario = this.scenario(this.find(id));
    const product = this.product(scenario.productId).summary;
    const reason: Message = first
      ? { id: 'recommend-first' }
      : {
          id: 'recommend-medium',
          args: { count: String(Math.min(5, done)), average: '76', tried: scenario.attempts > 0 ? 'yes' : 'no', product: product.name },
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
    const customer = reps ? answerTo(scenario, reps - 1).state : { mood: 'guarded' as const, ended: false };
    return {
      session: stored.session,
      scenario: this.scenario(scenario),
      product: this.product(scenario.productId).summary,
      goal: scenario.goal,
      facts: this.facts(scenario),
      turns: stored.turns,
      customer,
      running:
        stored.session.status === 'IN_PROGRESS' &&
        !stored.session.paused &&
        !customer.ended &&
        (stored.session.mode === 'typing' || this.talking.has(stored.session.id)),
    };
  }

  debrief({ session, turns, signals, report, voice }: Stored): Debrief {
    const scenario = this.find(session.scenarioId);
    const next = this.recommend([session.scenarioId]);
    return {
      session,
      scenario: this.scenario(scenario),
      product: this.product(scenario.productId).summary,
      turns,
      report,
      signals,
      voice,
      novice: this.#done().length < 5,
      next,
    };
  }

  facts({ productId }: FakeScenario): string[] {
    return factsOf(this.product(productId));
  }
}
