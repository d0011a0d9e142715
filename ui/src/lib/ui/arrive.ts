// The focus goes to the heading of a screen on arrival, so that a screen reader begins there. Not on the very first screen: there Tab leads to the skip link.

import type { Attachment } from 'svelte/attachments';
import type { Router } from '../../app/router.svelte';

export function arrive(router: Router): Attachment<HTMLElement> {
  return (element) => {
    element.tabIndex = -1;
    if (router.arrivals > 0) element.focus({ preventScroll: true });
  };
}
