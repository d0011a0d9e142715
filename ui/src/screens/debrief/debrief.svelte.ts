// One debrief: what is marked in the transcript, and the way from a point to its words and back.
//
// Both ways are addresses, so that the window's Back and the browser's are the same thing:
// `?at=5:8-33&from=p-0-4` the words are selected, `from` is the control to return to;
// `?to=5:8-33&from=m-5-8` the points about those words are selected.

import type { Debrief, Quote, Report } from '../../lib/bindings';
import { type Pin, parsePlace } from '../../lib/spans/spans';

/** The pins of each turn: every quote that the debrief shows can be found in the transcript. */
export function pinsOf(report: Report | null): Map<number, Pin[]> {
  const pins = new Map<number, Pin[]>();
  const pin = (quote: Quote | null, value: number): void => {
    if (!quote) return;
    // What is scored is marked as it is; what is only quoted elsewhere is marked where nothing else is.
    if (value === 0 && (pins.get(quote.turn) ?? []).some(({ span }) => overlaps(span, quote.span))) return;
    pins.set(quote.turn, [...(pins.get(quote.turn) ?? []), { span: quote.span, value }]);
  };
  for (const { points } of report?.skills ?? []) for (const { quote, value } of points) pin(quote, value);
  for (const { quote } of report?.coaching ?? []) pin(quote, 0);
  for (const { raised, steps } of report?.objections ?? []) for (const quote of [raised, ...steps.map((step) => step.quote)]) pin(quote, 0);
  for (const { said } of report?.claims ?? []) pin(said, 0);
  for (const { asked, told, reflected, tied } of report?.needs ?? []) for (const quote of [asked, told, reflected, tied]) pin(quote, 0);
  for (const quote of [report?.close.trial ?? null, ...(report?.close.asks ?? []), report?.close.answer ?? null]) pin(quote, 0);
  return pins;
}

/** The quote that a place of an address means, as the transcript has it. */
export function selectionOf(place: string | null, debrief: Debrief): { turn: number; span: { start: number; end: number } } | null {
  const found = parsePlace(place);
  return found && found.turn < debrief.turns.length ? found : null;
}

/** True where the two stretches share a character. */
export function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
