// What the whole window shares: the host, the address, who practises, and what went wrong.

import { createContext } from 'svelte';
import type { Boot, Settings, VoiceSettings } from '../lib/bindings';
import type { Backend, Refusal } from '../lib/backend';
import { asRefusal } from '../lib/loaded.svelte';
import { usualVoice } from '../lib/voice/usual';
import { applySettings } from './appearance';
import { logged } from './logged';
import type { Router } from './router.svelte';

export class AppState {
  boot = $state.raw<Boot | null>(null);
  /** Why the window could not begin. */
  refused = $state.raw<Refusal | null>(null);
  /** An error that nobody caught, as it was logged. */
  trouble = $state<string | null>(null);
  cheatSheet = $state(false);
  #changes = 0;

  constructor(
    readonly backend: Backend,
    readonly router: Router,
  ) {}

  get settings(): Settings {
    return this.boot?.settings ?? { theme: 'system', reducedMotion: false, letterKeys: true, voice: usualVoice };
  }

  async open(): Promise<void> {
    this.refused = null;
    try {
      this.take(await this.backend.boot());
    } catch (error) {
      this.refused = asRefusal(error);
    }
  }

  /** Asks again who practises, after something was refused that may have been done in part. What is shown stays where this is refused too. */
  async refresh(): Promise<void> {
    const boot = await this.backend.boot().catch(() => null);
    if (boot) this.take(boot);
  }

  take(boot: Boot): void {
    this.boot = boot;
    applySettings(boot.settings);
  }

  /** Shows the change at once and takes it back where it is refused. */
  async change(changes: Partial<Settings>): Promise<void> {
    const before = this.settings;
    const mine = ++this.#changes;
    this.#show({ ...before, ...changes });
    try {
      const saved = await this.backend.saveSettings(this.settings);
      // An answer to an earlier choice does not undo a later one.
      if (mine === this.#changes) this.#show(saved);
    } catch (error) {
      if (mine === this.#changes) this.#show(before);
      throw error;
    }
  }

  /** The same for what is chosen for talking by voice. */
  changeVoice(changes: Partial<VoiceSettings>): Promise<void> {
    return this.change({ voice: { ...this.settings.voice, ...changes } });
  }

  #show(settings: Settings): void {
    if (this.boot) this.boot = { ...this.boot, settings };
    applySettings(settings);
  }

  /** An error that nobody caught: said, and written to the host's log as far as it is nobody's words. */
  report(error: unknown): void {
    this.trouble = logged(error);
    this.backend.log(this.trouble).catch(() => undefined);
  }
}

export const [useApp, provideApp] = createContext<AppState>();
