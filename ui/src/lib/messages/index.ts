import type { Message } from '../bindings';
import { type Args, format, makeBundle } from './bundle';

const files = import.meta.glob<string>('../../../messages/en/*.ftl', { eager: true, query: '?raw', import: 'default' });
const { bundle } = makeBundle(Object.values(files));

/** The text of an id. A person never sees an id: where a text is missing they read that it is. */
export function t(id: string, args?: Args): string {
  return format(bundle, id, args) ?? format(bundle, 'text-missing') ?? '…';
}

/** The text of an id, or `null` where the catalogue has none. */
export function maybe(id: string, args?: Args): string | null {
  return format(bundle, id, args);
}

/** A message that came from the host. */
export function say(message: Message): string {
  return t(message.id, message.args);
}
