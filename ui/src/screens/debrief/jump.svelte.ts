// From a point to its words, from the words to their points, and back. See debrief.svelte.ts for the addresses.

import { createContext, tick } from 'svelte';
import { type Router, to } from '../../app/router.svelte';
import { parsePlace } from '../../lib/spans/spans';

export class Jump {
  #before: string | null = null;

  constructor(
    readonly router: Router,
    readonly id: string,
  ) {}

  get at(): string | null {
    return this.router.route.query.get('at');
  }

  get towards(): string | null {
    return this.router.route.query.get('to');
  }

  get from(): string | null {
    return this.router.route.query.get('from');
  }

  get selected(): string | null {
    return this.at ?? this.towards;
  }

  /** The address that selects these words in the transcript. */
  toWords(place: string, from: string): string {
    return to('debrief', [this.id], { at: place, from });
  }

  /** The address that selects the points about these words. */
  toPoints(place: string, from: string): string {
    return to('debrief', [this.id], { to: place, from });
  }

  /** Scrolls to what the address selects, and moves the focus there; on the way back, to where the way began. */
  follow(ready: boolean): void {
    const { at, towards, from } = this;
    if (!ready) return;
    const before = this.#before;
    this.#before = at || towards ? from : null;
    void tick().then(() => {
      if (at) this.#show(document.querySelector<HTMLElement>(`[data-start="${startOf(at)}"]`));
      else if (towards)
        this.#show(
          document.querySelector<HTMLElement>(`[data-points] [data-place="${CSS.escape(towards)}"]`) ??
            document.querySelector<HTMLElement>(`[data-place="${CSS.escape(towards)}"]`) ??
            document.querySelector<HTMLElement>('[data-about="on"]'),
        );
      else if (before) this.#show(document.getElementById(before));
    });
  }

  #show(target: HTMLElement | null): void {
    if (!target) return;
    const pane = target.closest<HTMLElement>('[data-pane]');
    const smooth =
      document.documentElement.dataset['motion'] === 'off' || matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    target.focus({ preventScroll: true });
    if (pane && pane.scrollHeight > pane.clientHeight) {
      const inside = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTo({ top: pane.scrollTop + inside - pane.clientHeight / 2, behavior: smooth });
    }
    const { top, bottom } = (pane ?? target).getBoundingClientRect();
    const visible = pane ? top < window.innerHeight - 120 && bottom > 180 : top > 90 && bottom < window.innerHeight - 40;
    if (!visible) target.scrollIntoView({ block: 'center', behavior: smooth });
  }
}

const startOf = (place: string): string => {
  const found = parsePlace(place);
  return found ? `${found.turn}:${found.span.start}` : '';
};

export const [useJump, provideJump] = createContext<Jump>();
