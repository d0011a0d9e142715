// Keys, where they hold, and whether a key press is meant for them.

export interface Key {
  keys: string[];
  /** Message id. */
  says: string;
}

export const KEYS: { where: string; keys: Key[] }[] = [
  {
    where: 'keys-everywhere',
    keys: [
      { keys: ['?', 'F1'], says: 'keys-sheet' },
      { keys: ['/'], says: 'keys-search' },
      { keys: ['Alt ←'], says: 'keys-back' },
      { keys: ['Tab'], says: 'keys-tab' },
    ],
  },
  {
    where: 'keys-practice',
    keys: [
      { keys: ['←', '→', '↑', '↓'], says: 'keys-grid' },
      { keys: ['Enter'], says: 'keys-open' },
    ],
  },
  {
    where: 'keys-conversation',
    keys: [
      { keys: ['Enter'], says: 'keys-say' },
      { keys: ['Shift Enter'], says: 'keys-newline' },
      { keys: ['Space'], says: 'keys-talk' },
      { keys: ['M'], says: 'keys-mute' },
      { keys: ['H'], says: 'keys-hint' },
      { keys: ['G'], says: 'keys-goal' },
      { keys: ['R'], says: 'keys-repeat' },
      { keys: ['P'], says: 'keys-pause' },
      { keys: ['T'], says: 'keys-type' },
      { keys: ['Esc'], says: 'keys-end' },
    ],
  },
  {
    where: 'keys-debrief',
    keys: [
      { keys: ['Enter'], says: 'keys-quote' },
      { keys: ['Esc'], says: 'keys-quote-back' },
      { keys: ['↑', '↓'], says: 'keys-transcript' },
    ],
  },
];

/** True while a key would be typed into something, or belongs to an open dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  return (
    event.target.closest(
      'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=listbox]',
    ) !== null
  );
}

/** True for a key alone; a letter with Ctrl, Alt or Meta is the system's. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented;
}
