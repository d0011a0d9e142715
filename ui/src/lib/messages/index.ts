import type { Message } from '../bindings';
import { type Args, addTexts, format, makeBundle } from './bundle';

const files = import.meta.glob<string>(['../../../messages/en/*.ftl', '!**/cli.ftl'], { eager: true, query: '?raw', import: 'default' });
/** What the first screen needs; the other files are read once a text of theirs is asked for. */
const FIRST = /\/(app|practice|start|words)\.ftl$/;
const at = (first: boolean): string[] => Object.entries(files).flatMap(([path, text]) => (FIRST.test(path) === first ? [text] : []));
const { bundle } = makeBundle(at(true));
const unread = at(false);

function look(id: string, args?: Args): string | null {
  for (;;) {
    const found = format(bundle, id, args);
    if (found !== null) return found;
    const next = unread.shift();
    if (next === undefined) return null;
    addTexts(bundle, [next]);
  }
}

/** The text of an id. A person never sees an id: where a text is missing they read that it is. */
export function t(id: string, args?: Args): string {
  return look(id, args) ?? look('text-missing') ?? '…';
}

/** The text of an id, or `null` where the catalogue has none. */
export function maybe(id: string, args?: Args): string | null {
  return look(id, args);
}

/** A message that came from the host. */
export function say(message: Message): string {
  return t(message.id, message.args);
}
