// What of an error goes into the host's log: what kind it is and where it happened. What was said, and who said it, never does.

import { Refusal } from '../lib/backend/backend';

// The engine's own words about code, up to where a value could be quoted. Any other message may be what somebody typed, and is left out.
const ENGINE =
  /^(?:Cannot (?:read|set) properties of (?:undefined|null)|(?:undefined|null) is not an object|[\w$.]+ is not (?:a function|a constructor|defined|iterable)|Can't find variable: [\w$]+|Maximum call stack size exceeded)/;
// An error of Svelte's names its kind by this address alone.
const SVELTE = /^https:\/\/svelte\.dev\/e\/\w+$/;
// The places in a stack, as Chromium's and as WebKit's engine write them: a name of code, a file, a line.
const PLACE = /^\s*(?:at (?:[\w$.<>#[\] ]+ \()?|[\w$.<>#/]*@)(?:async )?[a-z][\w+.-]*:\/\/[^\s?#]+:\d+:\d+\)?$/;
const DEEPEST = 20;

/** The text for the log. */
export function logged(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  return [kindOf(error), ...placesOf(error)].join('\n');
}

function kindOf(error: Error): string {
  if (error instanceof Refusal) return `Refusal: ${error.code}`;
  const name = /^\w{1,40}$/.test(error.name) ? error.name : 'Error';
  const coded = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  const message = (coded ? ENGINE : SVELTE).exec(error.message)?.[0];
  return message ? `${name}: ${message}` : name;
}

function placesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => PLACE.test(line))
    .slice(0, DEEPEST);
}
