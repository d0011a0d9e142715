// The state of the History screen. The filters are the address, so that Back from a debrief finds them again.

import { type Router, to } from '../../app/router.svelte';
import type { Backend } from '../../lib/backend';
import type { HistoryPage, HistoryQuery, HistoryRow, Outcome, Period, ProductSummary, ScenarioSummary, ScoreBand } from '../../lib/bindings';
import { Loaded } from '../../lib/loaded.svelte';

export const PAGE = 50;
export const FILTERS = ['text', 'product', 'scenario', 'outcome', 'score', 'period'] as const;
export type Filter = (typeof FILTERS)[number];

export class History {
  page = new Loaded<HistoryPage>();
  more = new Loaded<HistoryPage>();
  rows = $state.raw<HistoryRow[]>([]);
  products = $state.raw<ProductSummary[]>([]);
  /** What is in the search field; the address follows when the typing stops. */
  typed = $state('');
  /** Attempts chosen for comparing, at most two. */
  chosen = $state.raw<HistoryRow[]>([]);
  readonly #customers = new Loaded<ScenarioSummary[]>();

  constructor(
    readonly backend: Backend,
    readonly router: Router,
  ) {
    this.typed = this.filter('text');
  }

  /** The customers of the chosen product. */
  get scenarios(): ScenarioSummary[] {
    return this.#customers.value ?? [];
  }

  filter(name: Filter): string {
    return this.router.route.query.get(name) ?? '';
  }

  get filtered(): boolean {
    return FILTERS.some((name) => this.filter(name) !== '');
  }

  /** Changes filters. What was just typed goes along. */
  set(changes: Partial<Record<Filter, string>>): void {
    const all = Object.fromEntries(FILTERS.map((name) => [name, changes[name] ?? (name === 'text' ? this.typed.trim() : this.filter(name))]));
    // A customer belongs to a product.
    if (changes.product !== undefined) all['scenario'] = '';
    this.router.swap(to('history', [], all));
  }

  clear(): void {
    this.router.swap(to('history'));
  }

  /** The address says what is searched for. */
  follow(): void {
    if (this.filter('text') === '') this.typed = '';
  }

  /** Brings the address up to what was typed. */
  settle(): void {
    if (this.typed.trim() !== this.filter('text').trim()) this.set({});
  }

  async search(): Promise<void> {
    // A page of the search before would land among the rows of this one.
    this.more.drop();
    const page = await this.page.load(() => this.backend.history(this.#query(0)));
    if (page) this.rows = page.rows;
  }

  async showMore(): Promise<void> {
    // While other rows are on their way, it is not known what comes after them.
    if (this.page.busy) return;
    const page = await this.more.load(() => this.backend.history(this.#query(this.rows.length)));
    if (page) this.rows = [...this.rows, ...page.rows];
  }

  /** What the filters can be set to. Without an answer the rows are there all the same. */
  async loadProducts(): Promise<void> {
    this.products = await this.backend.products('', null).catch(() => []);
  }

  async loadScenarios(): Promise<void> {
    const id = this.filter('product');
    await this.#customers.load(async () => {
      if (!id) return [];
      return this.backend.product(id).then(
        ({ scenarios }) => scenarios,
        () => [],
      );
    });
  }

  isChosen(row: HistoryRow): boolean {
    return this.chosen.some(({ session }) => session.id === row.session.id);
  }

  choose(row: HistoryRow): void {
    if (this.isChosen(row)) this.chosen = this.chosen.filter(({ session }) => session.id !== row.session.id);
    else this.chosen = [...this.chosen.slice(-1), row];
  }

  /** Two attempts of the same scenario, both completed. */
  get comparable(): boolean {
    const [first, second] = this.chosen;
    return first !== undefined && second !== undefined && first.session.scenarioId === second.session.scenarioId;
  }

  #query(offset: number): HistoryQuery {
    const query: HistoryQuery = { offset, limit: PAGE };
    const text = this.filter('text').trim();
    if (text) query.text = text;
    if (this.filter('product')) query.productId = this.filter('product');
    if (this.filter('scenario')) query.scenarioId = this.filter('scenario');
    if (this.filter('outcome')) query.outcome = this.filter('outcome') as Outcome;
    if (this.filter('score')) query.score = this.filter('score') as ScoreBand;
    if (this.filter('period')) query.period = this.filter('period') as Period;
    return query;
  }
}
