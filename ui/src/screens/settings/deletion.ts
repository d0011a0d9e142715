// Deleting a person, and who is there afterwards.

import type { Backend, Refusal } from '../../lib/backend';
import type { Boot, Deleted } from '../../lib/bindings';
import { asRefusal } from '../../lib/loaded.svelte';

export interface Deletion {
  /** What went; `null` where nothing was deleted. */
  deleted: Deleted | null;
  /** Why nothing was deleted. */
  refusal: Refusal | null;
  /** Who is there now; `null` where that could not be asked. */
  boot: Boot | null;
}

/** Deletes everything of the person who practises. */
export async function deletion(backend: Backend, confirmation: string): Promise<Deletion> {
  const answer = await backend.deleteEverything(confirmation).then(
    (deleted) => ({ deleted, refusal: null }),
    (error) => ({ deleted: null, refusal: asRefusal(error) }),
  );
  return { ...answer, boot: await backend.boot().catch(() => null) };
}
