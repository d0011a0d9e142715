// The message catalogue: every word that a person sees, read from `messages/en/*.ftl`.

import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';

export type Args = Record<string, string | number>;

/** Makes one bundle of the texts of several files; an id that occurs twice is an error. */
export function makeBundle(texts: string[]): { bundle: FluentBundle; errors: Error[] } {
  // No isolation marks: the interface is left-to-right alone, and quotes must stay the words that were said.
  const bundle = new FluentBundle('en-US', { useIsolating: false });
  return { bundle, errors: addTexts(bundle, texts) };
}

/** Adds the texts of more files; says what is wrong with them. */
export function addTexts(bundle: FluentBundle, texts: string[]): Error[] {
  return texts.flatMap((text) => bundle.addResource(new FluentResource(text)));
}

/** The text of an id, or `null` where the catalogue has none. */
export function format(bundle: FluentBundle, id: string, args: Args = {}): string | null {
  const pattern = bundle.getMessage(id)?.value;
  if (pattern === undefined || pattern === null) return null;
  const variables: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) variables[name] = variable(value);
  const errors: Error[] = [];
  return bundle.formatPattern(pattern, variables, errors);
}

/** A number that stands as it is where it has no thousands: the webview takes milliseconds to make a writer of numbers, before the first screen. */
class Count extends FluentNumber {
  override toString(scope?: Parameters<FluentNumber['toString']>[0]): string {
    const plain = Number.isInteger(this.value) && (this.opts.useGrouping === false || Math.abs(this.value) < 1000);
    return plain ? String(this.value) : super.toString(scope);
  }
}

/** Digits become a number, so that a text can choose between one and many; a leading zero (a store's number) stays as it is. */
function variable(value: string | number): FluentVariable {
  if (typeof value === 'number') return new Count(value, { useGrouping: true });
  if (/^(0|[1-9]\d{0,8})$/.test(value)) return new Count(Number(value), { useGrouping: false });
  return value;
}
