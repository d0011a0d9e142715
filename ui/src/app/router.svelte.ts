// Addresses of the window: `#/debrief/ID?at=5:8-33`. Links are plain links; the browser's Back works.

export const SCREENS = ['practice', 'briefing', 'talk', 'debrief', 'history', 'compare', 'progress', 'catalogue', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  params: string[];
  query: URLSearchParams;
}

/** The route of a hash; what is not known leads to Practice. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name = '', ...params] = path.split('/').map(decode);
  const screen = SCREENS.find((one) => one === name) ?? 'practice';
  return { screen, params: params.filter(Boolean), query: new URLSearchParams(query) };
}

/** The hash of a route. */
export function to(screen: Screen, params: string[] = [], query: Record<string, string | null | undefined> = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
  const tail = asked.size > 0 ? `?${asked}` : '';
  return `#/${[screen, ...params.map(encodeURIComponent)].join('/')}${tail}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export class Router {
  route = $state.raw(parse(window.location.hash));
  /** Counts arrivals: the first screen does not take the focus. */
  arrivals = 0;

  constructor() {
    window.addEventListener('hashchange', () => {
      const before = this.route;
      this.route = parse(window.location.hash);
      if (before.screen === this.route.screen && before.params.join('/') === this.route.params.join('/')) return;
      this.arrivals += 1;
      window.scrollTo({ top: 0, behavior: 'instant' });
    });
  }

  go(hash: string): void {
    window.location.hash = hash;
  }

  /** Goes there without leaving a step for Back. */
  swap(hash: string): void {
    window.location.replace(hash);
  }

  back(): void {
    window.history.back();
  }
}
