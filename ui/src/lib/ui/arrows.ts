// Arrow keys move the focus among the controls of a group: to the next and the one before, and in a grid to the nearest one above and below.

import type { Attachment } from 'svelte/attachments';

export function arrows(selector: string): Attachment<HTMLElement> {
  return (group) => {
    const move = (event: KeyboardEvent): void => {
      if (!(event.target instanceof HTMLElement) || !event.target.matches(selector)) return;
      const all = [...group.querySelectorAll<HTMLElement>(selector)].sort(inReadingOrder);
      const next = neighbour(all, event.target, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    group.addEventListener('keydown', move);
    return () => group.removeEventListener('keydown', move);
  };
}

function inReadingOrder(a: HTMLElement, b: HTMLElement): number {
  const [first, second] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return Math.abs(first.top - second.top) > 4 ? first.top - second.top : first.left - second.left;
}

function neighbour(all: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = all.indexOf(from);
  if (key === 'ArrowRight') return all[at + 1];
  if (key === 'ArrowLeft') return all[at - 1];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const here = from.getBoundingClientRect();
  const rows = all.filter((one) => {
    const there = one.getBoundingClientRect();
    return key === 'ArrowDown' ? there.top > here.bottom - 4 : there.bottom < here.top + 4;
  });
  const distance = (one: HTMLElement): number => {
    const there = one.getBoundingClientRect();
    return Math.abs(there.top - here.top) * 10 + Math.abs(there.left - here.left);
  };
  return rows.sort((a, b) => distance(a) - distance(b))[0];
}
