// Refusals on request: `?fail=say:database_busy,history:internal:1` (method, code, how many times; always without a number).
// With the code `garbage` the method answers, but not with what was promised.
// With the code `mute` it is refused as by a panic: `internal`, without a message.
// With a tilde, `?fail=say~:disk_full:1`, the refusal comes when part of it is done: `say` has stored the rep's line, `deleteEverything` has deleted,
// `createProfile` has made the profile and not chosen it.

import type { Code, Error as WireError } from '../../bindings';
import { Refusal } from '../backend';

const messages: Record<Code, string> = {
  invalid_input: 'That is too long to say in one turn. Cut it down and say it again.',
  not_found: 'There is no such entry on this laptop. It may have been deleted.',
  wrong_state: 'This attempt is already over, so nothing can be added to it. Its debrief is kept.',
  catalog_invalid: 'The catalogue’s files do not fit together. Your attempts are untouched.',
  read_only: 'The data folder cannot be written to. Nothing you did before is lost.',
  disk_full: 'The disk is full, so this turn could not be saved. Everything before it is kept. Free some space and say it again.',
  database_busy: 'Another program is holding the data file. Everything said so far is saved. Try again in a moment.',
  folder_in_use: 'SellMe PRT is already open with this data folder.',
  database_newer: 'The data was written by a newer SellMe PRT. It was not touched. Install the newer program.',
  database_foreign: 'The file in the data folder is not ours. It was not touched.',
  database_damaged: 'The data file was damaged and could not be repaired. It was set aside.',
  internal: 'Something went wrong inside the program. Everything said so far is saved.',
};

export class Faults {
  readonly #left = new Map<string, { code: Code; times: number }>();

  constructor(spec: string | null) {
    for (const part of (spec ?? '').split(',').filter(Boolean)) {
      const [method = '', code = 'internal', times] = part.split(':');
      this.#left.set(method, { code: code as Code, times: times ? Number(times) : Number.POSITIVE_INFINITY });
    }
  }

  /** Refuses where that was asked for; true where the answer shall be garbage. */
  check(method: string): boolean {
    const fault = this.#left.get(method);
    if (!fault || fault.times <= 0) return false;
    fault.times -= 1;
    if ((fault.code as string) === 'garbage') return true;
    throw (fault.code as string) === 'mute' ? refusal('internal', '') : refusal(fault.code);
  }

  /** Refuses in the midst of the work, where that was asked for. */
  midway(method: string): void {
    this.check(`${method}~`);
  }
}

export function refusal(code: Code, message = messages[code]): Refusal {
  const error: WireError = { code, message };
  return new Refusal(error);
}
