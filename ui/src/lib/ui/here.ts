// Whether a component is still on the screen.

import { onDestroy } from 'svelte';

/**
 * Answers whether the component that asked for it is still shown. To be asked after every wait and before every way to another screen: an answer that comes
 * after the rep went elsewhere must not take them along.
 */
export function stillHere(): () => boolean {
  let here = true;
  onDestroy(() => {
    here = false;
  });
  return () => here;
}
