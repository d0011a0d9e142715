// Refusals on request: `?fail=say:database_busy,history:internal:1` (method, code, how many times; always without a number).
// With the code `garbage` the method answers, but not with what was promised.
// With the code `mute` it is refused as by a panic: `internal`, without a message.
// With a tilde, `?fail=say~:disk_full:1`, the refusal comes when part of it is done: `say` has stored the rep's line, `deleteEverything` has deleted,
// `createProfile` has made the profile and not chosen it.

import type { Code, Error as WireError } from '../../bindings';
import { Refusal } from '../backend';

const messages: Record<Code, string> = {
  invalid_input: 'A line has at most 4,000 characters.',
  not_found: 'There is no such entry on this laptop.',
  wrong_state: 'This session is over and kept as it is. Start a new one to go on practicing.',
  catalog_invalid: 'products/pilbara-jacket.toml: feature “oil-finish”: the field “fact” is missing.',
  read_only:
    'The data folder cannot be written, so nothing new can be saved. What was saved before is still there. Allow writing to that folder or choose another data folder, then try again.',
  disk_full: 'There is no room left on the disk, so this could not be saved. Everything before it is kept. Free some space, then try again.',
  database_busy: 'Another program is holding the data file, so this could not be done. Nothing was lost. Close the other program, then try again.',
  folder_in_use:
    'Another window is open with the data folder /home/dana/.local/share/sellme. Nothing was changed. Use that window, or close it first.',
  database_newer:
    'The data file was made by a newer version of this program. It was left as it is and nothing was lost. Install the newest version to open it.',
  database_foreign:
    'The file /home/dana/.local/share/sellme/sellme.db was not made by this program, so it was left as it is. Move it away or choose another data folder, then start again.',
  database_damaged:
    'The data file is damaged. It is kept as it is. Close the program and start it again: it then saves what can be read and fills the rest from the newest backup.',
  no_microphone: 'No microphone was found. Plug one in or choose another one in Settings, then try again.',
  no_speaker: 'No speaker was found. Plug one in or choose another one in Settings, then try again.',
  sound_busy: 'Another program uses the sound device. Close it there or choose another one in Settings, then try again.',
  microphone_refused: 'The system did not let this program use the microphone. Allow it in the system’s privacy settings, then try again.',
  key_missing: 'No key of the service is set. Nothing was sent. Save one in Settings, or type.',
  key_refused: 'The service answered 401: it does not take this key. Nothing was lost. Check the key in Settings.',
  quota_used_up: 'The service answered 429: the account has no credit left.',
  model_unknown: 'The service answered 404: it has no model “gpt-realtime-2.1”.',
  service_unavailable: 'The service did not answer within 10 seconds.',
  connection_blocked: 'The service answered, and then nothing came through for 15 seconds. A firewall may hold back UDP.',
  session_expired: 'The service ends a session after 60 minutes.',
  transcription_changed: 'The service does not know the recogniser that was asked for. The call goes on with another one.',
  transcription_failed: 'The service does not know the recogniser that was asked for, and there is no other.',
  not_signed_in: 'Sign in first: no token came with this, or one that has ended.',
  sign_in_refused: 'The address or the password is not right.',
  sign_in_locked: 'Too many sign-ins failed. Try again in 60 seconds.',
  forbidden: 'This belongs to somebody else. Sign in as that person, or ask an admin.',
  limit_reached: 'Today’s minutes for talking by voice are used up. Practice by typing, or go on tomorrow.',
  internal: 'The data file did not answer as it should. What was saved is kept. Try again; if it happens again, start the program anew.',
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
