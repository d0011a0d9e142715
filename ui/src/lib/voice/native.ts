// The host carries the sound, with the machine's own devices: the window only says what it wants and is told what happens.

import type { CallEvent } from '../bindings';
import type { CallFacts, VoiceTransport } from './transport';

export class NativeTransport implements VoiceTransport {
  #closed = false;

  constructor(readonly facts: CallFacts) {}

  async open(on: (event: CallEvent) => void): Promise<void> {
    await this.facts.backend.openCall(this.facts.id, { sdp: null }, (event) => {
      // The host makes its own connections.
      if (!this.#closed && event.kind !== 'send' && event.kind !== 'reconnect' && event.kind !== 'close') on(event);
    });
  }

  // The host shuts its own microphone when it is told so.
  mute(): void {}
  hold(): void {}
  pause(): void {}

  async close(): Promise<void> {
    this.#closed = true;
  }
}
