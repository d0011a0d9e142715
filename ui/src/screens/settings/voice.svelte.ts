// What is chosen for talking by voice, and what the host says of it.

import type { AppState } from '../../app/state.svelte';
import type { Refusal } from '../../lib/backend';
import type { SoundDevices, VoiceSettings, VoiceView } from '../../lib/bindings';
import { asRefusal, Loaded } from '../../lib/loaded.svelte';
import { type Carrier, carrierOf, devicesOf } from '../../lib/voice/choose';

/** What changes the host's own answer. */
const ASKS_AGAIN: (keyof VoiceSettings)[] = ['provider', 'compatible', 'model', 'voice'];

export class VoiceChoices {
  view = new Loaded<VoiceView>();
  carrier = $state<Carrier | null>(null);
  devices = $state.raw<SoundDevices>({ inputs: [], outputs: [] });
  refusal = $state.raw<Refusal | null>(null);

  constructor(readonly app: AppState) {}

  get settings(): VoiceSettings {
    return this.app.settings.voice;
  }

  async load(): Promise<void> {
    const view = await this.view.load(() => this.app.backend.voice());
    if (!view) return;
    this.carrier = carrierOf(view);
    if (this.carrier) this.devices = await devicesOf(this.carrier, this.app.backend).catch(() => this.devices);
  }

  /** Saves; true where it was. What the host says of the service is asked anew where it may be another now. */
  async change(changes: Partial<VoiceSettings>): Promise<boolean> {
    this.refusal = null;
    try {
      await this.app.changeVoice(changes);
      if (ASKS_AGAIN.some((name) => name in changes)) await this.view.load(() => this.app.backend.voice());
      return true;
    } catch (error) {
      this.refusal = asRefusal(error);
      return false;
    }
  }
}
