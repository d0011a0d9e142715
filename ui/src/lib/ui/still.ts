/** True where nothing on the screen should move by itself: the rep's choice, or the system's. */
export function still(): boolean {
  return document.documentElement.dataset['motion'] === 'off' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}
