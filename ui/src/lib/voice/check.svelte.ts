// The microphone while it is tried: nobody is called and nothing is kept.

import type { Backend, Refusal } from '../backend';
import { Refusal as Refused } from '../backend/backend';
import type { MicrophoneEvent } from '../bindings';
import { asRefusal } from '../loaded.svelte';
import { type Carrier, hear } from './choose';

/** So many moments of speech in a row are somebody speaking, not a door. */
const HEARD = 4;

export class MicrophoneCheck {
  state = $state<'idle' | 'opening' | 'on' | 'refused'>('idle');
  level = $state(0);
  /** Somebody spoke. */
  heard = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  #run = 0;
  #row = 0;
  #stop: () => void = () => undefined;

  constructor(
    readonly backend: Backend,
    readonly ears: typeof hear = hear,
  ) {}

  /** Tries this microphone, instead of the one before. */
  async begin(carrier: Carrier, input: string | null): Promise<void> {
    this.end();
    const mine = this.#run;
    this.state = 'opening';
    this.heard = false;
    this.#row = 0;
    try {
      const stop = await this.ears(carrier, this.backend, input, (event) => {
        if (mine === this.#run) this.#hear(event);
      });
      // It was ended while it was being opened.
      if (mine !== this.#run) return stop();
      this.#stop = stop;
      this.state = 'on';
    } catch (error) {
      if (mine === this.#run) this.#refuse(asRefusal(error));
    }
  }

  end(): void {
    this.#run += 1;
    this.#stop();
    this.#stop = () => undefined;
    this.level = 0;
    this.refusal = null;
    this.state = 'idle';
  }

  #hear(event: MicrophoneEvent): void {
    if (event.kind === 'lost') {
      this.#refuse(new Refused(event.error));
      return;
    }
    this.level = event.level;
    this.#row = event.speech ? this.#row + 1 : 0;
    if (this.#row >= HEARD) this.heard = true;
  }

  #refuse(refusal: Refusal): void {
    this.#run += 1;
    this.#stop = () => undefined;
    this.level = 0;
    this.refusal = refusal;
    this.state = 'refused';
  }
}
