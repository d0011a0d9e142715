import type { Backend } from './backend';
import { tauri } from './tauri';

export { type Backend, Refusal } from './backend';

/** The host that is there: the desktop, or in a bundle made for it the fake. */
export async function openBackend(): Promise<Backend> {
  if (__FAKE_BACKEND__ && !('__TAURI_INTERNALS__' in window)) {
    const { openFake } = await import('./fake');
    return openFake(window.location.search, window.sessionStorage);
  }
  return tauri;
}
