// The theme and the motion that hold, from the rep's choice or else from the system's.

import type { Settings, Theme } from '../lib/bindings';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const contrast = window.matchMedia('(prefers-contrast: more)');
let chosen: Theme = 'system';

function systemTheme(): Exclude<Theme, 'system'> {
  if (contrast.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

function show(): void {
  document.documentElement.dataset['theme'] = chosen === 'system' ? systemTheme() : chosen;
}

/** Shows the system's theme until the rep's choice is known, and follows it while that is the choice. */
export function followSystem(): void {
  show();
  dark.addEventListener('change', show);
  contrast.addEventListener('change', show);
}

export function applySettings(settings: Settings): void {
  chosen = settings.theme;
  document.documentElement.dataset['motion'] = settings.reducedMotion ? 'off' : 'system';
  show();
}
