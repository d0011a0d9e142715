// What is chosen for talking by voice, and what the host says of it.

import type { AppState } from '../../app/state.svelte';
import type { Refusal } from '../../lib/backend';
import type { SoundDevices, VoiceSettings, VoiceView } from '../../lib/bindings';
import { asRefusal, Loaded } from '../../lib/loaded.svelte';
import { type Carrier, carrierOf, devicesOf } from '../../lib/voice/choose';

/** What changes the host's own answer. */
const ASKS_AGAIN: (keyof VoiceSettings)[] = ['provider', 'compatible', 'hub', 'model', 'voice'];

export class VoiceChoices {
  view = new Loaded<VoiceView>();
  carrier = $state<Carrier | null>(null);
  devices = $state.raw<SoundDevices>({ inputs: [], outputs: [] });
  refusal = $state.raw<Refusal | null>(null);
  /** The service is being asked which models it has. */
  asking = $state(false);
  #asked = 0;

  constructor(readonly app: AppState) {}

  get settings(): VoiceSettings {
    return this.app.settings.voice;
  }

  async load(): Promise<void> {
    const view = await this.view.load(() => this.app.backend.voice());
    if (!view) return;
    void this.ask();
    this.carrier = carrierOf(view);
    if (this.carrier) this.devices = await devicesOf(this.carrier, this.app.backend).catch(() => this.devices);
  }

  /** Has the service asked, while what is known is shown already. The answer to what was asked last counts. */
  async ask(): Promise<void> {
    const mine = ++this.#asked;
    this.asking = true;
    const view = await this.app.backend.askService().catch(() => null);
    if (mine !== this.#asked) return;
    this.asking = false;
    if (view) this.view.value = view;
  }

  /** Saves; true where it was. What the host says of the service is asked anew where it may be another now. */
  async change(changes: Partial<VoiceSettings>): Promise<boolean> {
    this.refusal = null;
    try {
      await this.app.changeVoice(changes);
      if (ASKS_AGAIN.some((name) => name in changes)) {
        await this.view.load(() => this.app.backend.voice());
        void this.ask();
      }
      return true;
    } catch (error) {
      this.refusal = asRefusal(error);
      return false;
    }
  }
}
