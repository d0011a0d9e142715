// One conversation: what was said, what is being said, the clock, and what the host refused.

import type { Backend, Refusal } from '../../lib/backend';
import type { Answered, CustomerState, Decision, Hint, SessionView, Signal, Turn } from '../../lib/bindings';
import { asRefusal, Loaded } from '../../lib/loaded.svelte';

type Doing = 'saying' | 'pausing' | 'hinting' | 'ending';

export class Conversation {
  view = new Loaded<SessionView>();
  turns = $state.raw<Turn[]>([]);
  customer = $state.raw<CustomerState>({ mood: 'guarded', ended: false });
  paused = $state(false);
  /** The words in the field. */
  draft = $state('');
  /** The words that are on their way to the disk. */
  pending = $state<string | null>(null);
  hint = $state.raw<Hint | null>(null);
  decision = $state<Decision | null>(null);
  doing = $state<Doing | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  /** What was refused. */
  refusedTo = $state<Doing | null>(null);
  /** What is announced to a screen reader without being shown. */
  announced = $state('');
  #settled = false;
  /** A refused line of which it is not known whether it was stored. */
  #doubted: string | null = null;
  #before = $state(0);
  #since = $state<number | null>(null);
  #now = $state(0);

  constructor(
    readonly backend: Backend,
    readonly id: string,
    readonly clock: () => number = () => performance.now(),
  ) {}

  async open(): Promise<void> {
    const view = await this.view.load(() => this.backend.session(this.id));
    if (view) this.#take(view);
  }

  get over(): boolean {
    return this.customer.ended || this.view.value?.session.status !== 'IN_PROGRESS';
  }

  /** Milliseconds of practice. */
  get elapsed(): number {
    return this.#before + (this.#since === null ? 0 : Math.max(0, this.#now - this.#since));
  }

  /** Milliseconds of practice at this very moment. */
  now(): number {
    this.tick();
    return this.elapsed;
  }

  get repTurns(): number {
    return this.turns.filter(({ speaker }) => speaker === 'rep').length;
  }

  get lastOfCustomer(): Turn | undefined {
    return this.turns.findLast(({ speaker }) => speaker === 'customer');
  }

  /** Moves the shown clock. */
  tick(): void {
    this.#now = this.clock();
  }

  /**
   * Says what is in the field. The line stands as pending until it is on the disk. Where it is refused, what is stored decides: a line that was stored
   * before its answer failed is shown, any other goes back into the field.
   */
  async say(): Promise<boolean> {
    const words = this.draft.trim();
    if (!words || this.doing || this.over || this.paused) return false;
    if (this.#doubted !== null) {
      const said = this.repTurns;
      if (!(await this.#do('saying', () => this.#look()))) return false;
      // It was stored, and answered: what is said now may be something else.
      if (this.repTurns > said) return true;
    }
    this.pending = words;
    this.draft = '';
    const done = await this.#do('saying', async () => {
      try {
        this.#hear(await this.backend.say(this.id, words));
      } catch (error) {
        if (this.#settled) throw error;
        const said = this.repTurns;
        // Where that is refused too, it is asked again before anything else is said.
        await this.#look().catch(() => (this.#doubted = words));
        if (this.repTurns === said) throw error;
      }
    });
    this.pending = null;
    // What was typed meanwhile stays, after the words that came back.
    if (!done) this.draft = this.draft ? `${words}\n${this.draft}` : words;
    return done;
  }

  async pause(): Promise<void> {
    if (this.over || this.doing) return;
    await this.#do('pausing', async () => this.#take(await (this.paused ? this.backend.resume(this.id) : this.backend.pause(this.id))));
  }

  async askHint(): Promise<void> {
    if (this.over || this.doing) return;
    if (this.hint) {
      this.hint = null;
      return;
    }
    await this.#do('hinting', async () => {
      this.hint = await this.backend.hint(this.id);
    });
  }

  /** A turn that came in a call, stored already: it takes its place, whatever came before it. */
  heard(turn: Turn, signals: Signal[], state: CustomerState): void {
    const { hint } = this;
    this.turns = [...this.turns.filter(({ index }) => index !== turn.index), turn].sort((a, b) => a.index - b.index);
    this.#follow(signals, state);
    // Asked for while the customer spoke, it is about what comes next.
    if (turn.speaker === 'customer') this.hint = hint;
  }

  /** Something of a call was refused by the host. */
  refuse(error: unknown): void {
    this.refusal = asRefusal(error);
    this.refusedTo = 'pausing';
  }

  /** The shown clock stands: in a call it is the host that counts. */
  stand(): void {
    this.#stop();
  }

  /** It runs. */
  run(): void {
    this.paused = false;
    this.tick();
    this.#since ??= this.#now;
  }

  /** Takes the clock, and what is missing of the turns, from the host; where that is refused what is shown stays. */
  async sync(): Promise<void> {
    const view = await this.backend.session(this.id).catch(() => null);
    if (!view || this.#settled) return;
    const runs = this.#since !== null;
    // What came meanwhile in a call is newer than this answer.
    const shown = view.turns.length < this.turns.length ? { turns: this.turns, customer: this.customer } : {};
    this.#take({ ...view, ...shown });
    if (runs) this.run();
    else this.#since = null;
  }

  /** From now on by typing; where the customer still owed an answer, it is there then. */
  goOnTyping(): Promise<boolean> {
    return this.#do('saying', async () => {
      this.#take(await this.backend.goOnTyping(this.id));
    });
  }

  complete(): Promise<boolean> {
    return this.#do('ending', async () => {
      await this.backend.complete(this.id);
      this.#settled = true;
      this.#stop();
    });
  }

  abandon(): Promise<boolean> {
    return this.#do('ending', async () => {
      await this.backend.abandon(this.id);
      this.#settled = true;
    });
  }

  /** Stops the clock so that it can be taken up later. */
  async leaveOpen(): Promise<boolean> {
    if (this.paused) return true;
    return this.#do('ending', async () => this.#take(await this.backend.pause(this.id)));
  }

  /** The screen is left: the clock stops, so that time away is not practice. */
  depart(): void {
    if (this.#settled || this.over || this.paused || this.view.value === null) return;
    this.#settled = true;
    // Nobody is left to be told of a refusal; the session is open either way.
    this.backend.pause(this.id).catch(() => undefined);
  }

  async #do(what: Doing, work: () => Promise<void>): Promise<boolean> {
    this.doing = what;
    this.refusal = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.refusal = asRefusal(error);
      this.refusedTo = what;
      return false;
    } finally {
      this.doing = null;
    }
  }

  #hear(answered: Answered): void {
    this.turns = [...this.turns, answered.rep, answered.customer];
    this.#follow(answered.signals, answered.state);
  }

  #follow(signals: Signal[], state: CustomerState): void {
    this.customer = state;
    for (const signal of signals) if (signal.kind === 'decide') this.decision = signal.decision;
    this.hint = null;
    if (state.ended) this.#stop();
  }

  /** Takes what is stored beyond what is shown. */
  async #look(): Promise<void> {
    const view = await this.backend.session(this.id);
    if (view.turns.length > this.turns.length) this.#take(view);
    this.#doubted = null;
  }

  #take(view: SessionView): void {
    // By its place and not by its words: the same words may have been said before, and the host tidies a line.
    if (view.turns.slice(this.turns.length).some(({ speaker }) => speaker === 'rep')) {
      if (this.#doubted !== null) this.draft = without(this.draft, this.#doubted);
      this.hint = null;
    }
    this.#doubted = null;
    this.view.value = view;
    this.turns = view.turns;
    this.customer = view.customer;
    this.paused = view.session.paused;
    this.#before = view.session.activeMs;
    this.tick();
    this.#since = view.running ? this.#now : null;
  }

  #stop(): void {
    this.tick();
    this.#before = this.elapsed;
    this.#since = null;
  }
}

/** The draft without the line that it begins with; a line that was changed meanwhile stays. */
function without(draft: string, line: string): string {
  if (draft.trim() === line) return '';
  return draft.startsWith(`${line}\n`) ? draft.slice(line.length + 1) : draft;
}
