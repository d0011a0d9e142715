// How the talk is going to be: by voice or by typing, and what voice still needs.

import type { Backend } from '../../lib/backend';
import type { Mode, SoundDevices, VoiceView } from '../../lib/bindings';
import { canRecord, type Carrier, carrierOf, devicesOf } from '../../lib/voice/choose';

export type Missing = 'carrier' | 'host' | 'key' | 'model';

/** What was chosen last while the window is open: who types, types again. */
let last: Mode | null = null;

export class Readiness {
  view = $state.raw<VoiceView | null>(null);
  carrier = $state<Carrier | null>(null);
  devices = $state.raw<SoundDevices>({ inputs: [], outputs: [] });
  /** `null` until it is known whether voice can be had. */
  mode = $state<Mode | null>(null);

  constructor(readonly backend: Backend) {}

  /** What voice lacks; `null` where it lacks nothing. */
  get missing(): Missing | null {
    const { view, carrier } = this;
    if (!view || !carrier) return 'carrier';
    if (!view.host) return 'host';
    if (view.key.kind === 'missing') return 'key';
    // A server of one's own may know a model by a name that it does not list.
    return view.provider === 'open_ai' && view.hasModel === false ? 'model' : null;
  }

  get recordable(): boolean {
    return this.carrier !== null && canRecord(this.carrier);
  }

  /** Asks the host; voice is chosen by itself where nothing is missing. */
  async load(): Promise<void> {
    this.view = await this.backend.voice().catch(() => null);
    this.carrier = this.view && carrierOf(this.view);
    this.mode = this.missing === null ? (last ?? 'voice') : 'typing';
  }

  /** The service has answered: what the host knows of it now. */
  async answered(): Promise<void> {
    this.view = await this.backend.voice().catch(() => this.view);
  }

  choose(mode: Mode): void {
    last = mode;
    this.mode = mode;
  }

  /** The names of the devices, which some webviews tell only once a microphone was allowed. */
  async look(): Promise<void> {
    if (this.carrier) this.devices = await devicesOf(this.carrier, this.backend).catch(() => this.devices);
  }
}
