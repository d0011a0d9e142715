// From a point to its words, from the words to their points, and back. See debrief.svelte.ts for the addresses.

import { still } from '../../lib/ui/still';
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
    const behavior = still() ? 'instant' : 'smooth';
    target.focus({ preventScroll: true });
    const pane = target.closest<HTMLElement>('[data-pane]');
    if (pane) showInPane(target, pane, behavior);
    else if (!inSight(target.getBoundingClientRect())) target.scrollIntoView({ block: 'center', behavior });
  }
}

/** Below the bar, and far enough from the lower edge. */
const TOP = 84;
const inSight = ({ top, bottom }: { top: number; bottom: number }): boolean => top >= TOP && bottom <= window.innerHeight - 24;

/** Brings the target to the middle of what can be seen of its pane; where that is not enough, the page brings the pane up. */
function showInPane(target: HTMLElement, pane: HTMLElement, behavior: ScrollBehavior): void {
  const [there, frame] = [target.getBoundingClientRect(), pane.getBoundingClientRect()];
  const [from, until] = [Math.max(frame.top, TOP), Math.min(frame.bottom, window.innerHeight)];
  const hidden = until - from < 140;
  const middle = hidden ? (frame.top + frame.bottom) / 2 : (from + until) / 2;
  const most = pane.scrollHeight - pane.clientHeight;
  const top = Math.min(most, Math.max(0, pane.scrollTop + there.top - middle));
  const moved = pane.scrollTop - top;
  pane.scrollTo({ top, behavior });
  const [low, high] = [there.top + moved, there.bottom + moved];
  if (!hidden && inSight({ top: low, bottom: high }) && low >= frame.top && high <= frame.bottom) return;
  const head = (pane.parentElement ?? pane).getBoundingClientRect();
  // A pane that is taller than the window is brought up by as much as the target needs.
  const by = head.height <= window.innerHeight - TOP ? head.top - TOP : low - window.innerHeight / 2;
  window.scrollBy({ top: by, behavior });
}

const startOf = (place: string): string => {
  const found = parsePlace(place);
  return found ? `${found.turn}:${found.span.start}` : '';
};

export const [useJump, provideJump] = createContext<Jump>();
