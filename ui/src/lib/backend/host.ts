// The host that is there: the desktop, or in a bundle made for it the fake. It is asked as soon as this file is read.

import { askAhead } from './ahead';
import type { Backend } from './backend';
import { tauri } from './tauri';

/** Elsewhere the home screen is shown later, perhaps to somebody else: then it is asked for. */
const home = /^(#\/?(practice(\?.*)?)?)?$/.test(window.location.hash);

export const host: Promise<Backend> =
  __FAKE_BACKEND__ && !('__TAURI_INTERNALS__' in window)
    ? import('./fake').then(({ openFake }) => askAhead(openFake(window.location.search, window.sessionStorage), home))
    : Promise.resolve(askAhead(tauri, home));
