// The host carries the sound, with the machine's own devices: the window only says what it wants and is told what happens.

import type { CallEvent } from '../bindings';
import type { CallFacts, VoiceTransport } from './transport';

/** The one that was opened last: what an earlier one left open is its to take over. */
let newest: NativeTransport | null = null;

export class NativeTransport implements VoiceTransport {
  #closed = false;

  constructor(readonly facts: CallFacts) {}

  async open(on: (event: CallEvent) => void): Promise<void> {
    newest = this;
    const { backend, id } = this.facts;
    await backend.openCall(id, { sdp: null }, (event) => {
      // The host makes its own connections.
      if (!this.#closed && event.kind !== 'send' && event.kind !== 'reconnect' && event.kind !== 'close') on(event);
    });
    // Given up before the host knew of it: it must not talk on with nobody.
    if (this.#closed && newest === this) await backend.control(id, { kind: 'hang_up' }).catch(() => undefined);
  }

  // The host shuts its own microphone when it is told so.
  mute(): void {}
  hold(): void {}
  pause(): void {}

  async close(): Promise<void> {
    this.#closed = true;
  }
}
