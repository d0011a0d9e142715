// The window's first questions, asked before the code that shows the answers has begun: neither waits for the other.

import type { Backend } from './backend';

/**
 * The same host; its first answers are under way: who practices, and where the window opens `home`, the home screen. Each is given once, what is asked later is
 * asked anew.
 */
export function askAhead(host: Backend, home: boolean): Backend {
  let boot: ReturnType<Backend['boot']> | null = host.boot();
  let practice = home ? host.practice() : null;
  // A home screen of nobody is not shown to whoever comes first.
  boot.then(
    ({ profile }) => {
      if (!profile) practice = null;
    },
    () => (practice = null),
  );
  // Where it is refused, whoever takes it says so.
  practice?.catch(() => undefined);
  return {
    ...host,
    boot: () => {
      const ahead = boot;
      boot = null;
      return ahead ?? host.boot();
    },
    practice: () => {
      const ahead = practice;
      practice = null;
      return ahead ?? host.practice();
    },
  };
}
