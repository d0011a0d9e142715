// The state of the Practice screen: the recommendation, what is left open, and the products that fit the search.

import type { Backend, Refusal } from '../../lib/backend';
import type { Category, PracticeView, ProductSummary, Recommendation, ScenarioSummary } from '../../lib/bindings';
import { asRefusal, Loaded } from '../../lib/loaded.svelte';

export class Practice {
  view = new Loaded<PracticeView>();
  found = new Loaded<ProductSummary[]>();
  recommendation = $state.raw<Recommendation | null>(null);
  text = $state('');
  category = $state<string | null>(null);
  /** The product whose customers are shown. */
  open = $state<string | null>(null);
  /** Why the last small thing was refused. */
  refusal = $state.raw<Refusal | null>(null);
  #skipped: string[] = [];

  constructor(readonly backend: Backend) {}

  async load(): Promise<void> {
    const view = await this.view.load(() => this.backend.practice());
    if (view) this.recommendation = view.recommendation;
  }

  get products(): ProductSummary[] {
    return this.searching ? (this.found.value ?? []) : (this.view.value?.products ?? []);
  }

  /** The newest attempt that can go on: the one thing to do next, where there is one. */
  get next(): string | null {
    return this.view.value?.unfinished.find(({ scenario }) => scenario !== null)?.session.id ?? null;
  }

  get searching(): boolean {
    return this.text.trim() !== '' || this.category !== null;
  }

  /** Categories that have a product, in the catalogue's order. */
  get categories(): Category[] {
    const seen = new Map<string, Category>();
    for (const { category } of this.view.value?.products ?? []) seen.set(category.id, category);
    return [...seen.values()];
  }

  scenariosOf(productId: string): ScenarioSummary[] {
    return (this.view.value?.scenarios ?? []).filter((scenario) => scenario.productId === productId);
  }

  search(): Promise<unknown> {
    return this.found.load(() => this.backend.products(this.text, this.category));
  }

  /** Recommends something that was not recommended since the screen came up. */
  async another(): Promise<void> {
    if (!this.recommendation) return;
    this.#skipped = [...this.#skipped, this.recommendation.scenario.id];
    await this.#try(async () => {
      const next = await this.backend.recommend(this.#skipped);
      if (this.#skipped.includes(next.scenario.id)) this.#skipped = [];
      this.recommendation = next;
    });
  }

  async scoreAsItStands(id: string): Promise<boolean> {
    return this.#try(async () => void (await this.backend.complete(id)));
  }

  /** Leaves an attempt that cannot go on; it is in the history then. */
  async leave(id: string): Promise<void> {
    if (await this.#try(async () => void (await this.backend.abandon(id)))) await this.load();
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    this.refusal = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.refusal = asRefusal(error);
      return false;
    }
  }
}
