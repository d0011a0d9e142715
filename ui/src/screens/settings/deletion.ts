// Deleting a person, and what holds afterwards whatever was answered.

import type { Backend, Refusal } from '../../lib/backend';
import type { Boot } from '../../lib/bindings';
import { asRefusal } from '../../lib/loaded.svelte';

export interface Deletion {
  /** True where the person is no longer there. */
  gone: boolean;
  /** Attempts that went; `null` where the host refused after it had deleted them, since their last traces on the disk could not go yet. */
  sessions: number | null;
  /** Why nothing was deleted. */
  refusal: Refusal | null;
  /** Who is there now; `null` where that could not be asked. */
  boot: Boot | null;
}

/** Deletes everything of the person. The host deletes first and wipes the disk afterwards, so a refusal alone does not say that nothing was deleted. */
export async function deletion(backend: Backend, person: string, confirmation: string): Promise<Deletion> {
  const answer = await backend.deleteEverything(confirmation).then(
    ({ sessions }) => ({ sessions, refusal: null }),
    (error) => ({ sessions: null, refusal: asRefusal(error) }),
  );
  const boot = await backend.boot().catch(() => null);
  const gone = answer.sessions !== null || (boot !== null && !boot.profiles.some(({ id }) => id === person));
  return { ...answer, gone, refusal: gone ? null : answer.refusal, boot };
}
