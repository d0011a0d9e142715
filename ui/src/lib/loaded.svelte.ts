// Something that is asked of the host: not there yet, there, or refused.

import { Refusal } from './backend/backend';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  #asked = 0;

  /** Asks; an answer that was overtaken by a later question is dropped. What is there stays until the new answer comes. */
  async load(ask: () => Promise<T>): Promise<T | null> {
    const mine = ++this.#asked;
    this.busy = true;
    this.refusal = null;
    try {
      const value = await ask();
      if (mine !== this.#asked) return null;
      this.value = value;
      return value;
    } catch (error) {
      if (mine === this.#asked) this.refusal = asRefusal(error);
      return null;
    } finally {
      if (mine === this.#asked) this.busy = false;
    }
  }

  /** Drops the answer that is still to come, and an earlier refusal: they belong to something that is no longer asked. */
  drop(): void {
    this.#asked += 1;
    this.busy = false;
    this.refusal = null;
  }
}

/** Whatever went wrong, as the host would have put it. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal({ code: 'internal', message: '' });
}
