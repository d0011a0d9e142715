// A recording played in step with the transcript: one sound a side, both at the same moment of the practice.

import type { Backend, Refusal } from '../../lib/backend';
import type { RecordingView, Turn } from '../../lib/bindings';
import { began } from '../../lib/format/time';
import { asRefusal } from '../../lib/loaded.svelte';

/** What of an audio element is used. */
export interface Sound {
  currentTime: number;
  readonly duration: number;
  readonly ended: boolean;
  play(): Promise<void>;
  pause(): void;
  /** Resolves once it knows how long it is. */
  ready: () => Promise<void>;
  forget: () => void;
}

/** Farther apart than this the two sides are set together again, in seconds. */
const DRIFT = 0.12;

export class Listening {
  state = $state<'idle' | 'loading' | 'ready' | 'refused'>('idle');
  playing = $state(false);
  /** Milliseconds of practice. */
  at = $state(0);
  end = $state(0);
  refusal = $state.raw<Refusal | null>(null);
  #sounds: Sound[] = [];
  #gone = false;

  constructor(
    readonly backend: Backend,
    readonly id: string,
    readonly recording: RecordingView,
    activeMs: number,
    readonly make: (bytes: Uint8Array, mediaType: string) => Sound = soundOf,
  ) {
    this.at = recording.beginsMs;
    this.end = Math.max(activeMs, recording.beginsMs);
  }

  /** The turn that is heard at this moment. */
  turnAt(turns: Turn[]): number | null {
    if (this.state !== 'ready') return null;
    return turns.findLast((turn) => began(turn) <= this.at)?.index ?? null;
  }

  async toggle(): Promise<void> {
    if (this.playing) return this.pause();
    // From the end it begins anew.
    if (this.at >= this.end) this.seek(this.recording.beginsMs);
    await this.#play();
  }

  async playFrom(ms: number): Promise<void> {
    if (await this.#load()) {
      this.seek(ms);
      await this.#play();
    }
  }

  seek(ms: number): void {
    this.at = Math.min(this.end, Math.max(this.recording.beginsMs, ms));
    for (const sound of this.#sounds) sound.currentTime = (this.at - this.recording.beginsMs) / 1000;
  }

  pause(): void {
    this.playing = false;
    for (const sound of this.#sounds) sound.pause();
  }

  /** Moves the shown place along with the sound, and the second side along with the first. */
  tick(): void {
    const [lead, ...others] = this.#sounds;
    if (!this.playing || !lead) return;
    this.at = Math.min(this.end, this.recording.beginsMs + lead.currentTime * 1000);
    for (const other of others) if (!other.ended && Math.abs(other.currentTime - lead.currentTime) > DRIFT) other.currentTime = lead.currentTime;
    if (lead.ended || this.at >= this.end) {
      this.pause();
      this.at = this.end;
    }
  }

  forget(): void {
    this.#gone = true;
    this.pause();
    for (const sound of this.#sounds.splice(0)) sound.forget();
  }

  async #play(): Promise<void> {
    if (!(await this.#load())) return;
    this.playing = true;
    try {
      await Promise.all(this.#sounds.map((sound) => sound.play()));
    } catch (error) {
      this.pause();
      this.#refuse(error);
    }
  }

  async #load(): Promise<boolean> {
    if (this.state === 'ready') return true;
    if (this.state === 'loading') return false;
    this.state = 'loading';
    this.refusal = null;
    try {
      const { tracks, mediaType } = this.recording;
      const files = await Promise.all(tracks.map((track) => this.backend.recording(this.id, track)));
      if (this.#gone) return false;
      const sounds = files.map((bytes) => this.make(bytes, mediaType));
      await Promise.all(sounds.map((sound) => sound.ready()));
      // The longest leads.
      this.#sounds = sounds.sort((a, b) => lengthOf(b) - lengthOf(a));
      this.end = Math.max(this.recording.beginsMs + 1000 * lengthOf(this.#sounds[0]), this.recording.beginsMs) || this.end;
      this.state = 'ready';
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  #refuse(error: unknown): void {
    this.refusal = asRefusal(error);
    this.state = 'refused';
  }
}

const lengthOf = (sound: Sound | undefined): number => (sound && Number.isFinite(sound.duration) ? sound.duration : 0);

/** An element that plays these bytes, from memory: not every webview plays files of the program's own scheme. */
function soundOf(bytes: Uint8Array, mediaType: string): Sound {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
  const audio = new Audio(url);
  audio.preload = 'auto';
  return {
    get currentTime() {
      return audio.currentTime;
    },
    set currentTime(seconds) {
      audio.currentTime = seconds;
    },
    get duration() {
      return audio.duration;
    },
    get ended() {
      return audio.ended;
    },
    play: () => audio.play(),
    pause: () => audio.pause(),
    ready: () => lengthKnown(audio),
    forget: () => {
      audio.removeAttribute('src');
      audio.load();
      URL.revokeObjectURL(url);
    },
  };
}

/** What was recorded as it came does not say how long it is: the element learns it by going to the end. */
function lengthKnown(audio: HTMLAudioElement): Promise<void> {
  return new Promise((resolve, reject) => {
    audio.addEventListener('error', () => reject(new Error(audio.error?.message)), { once: true });
    audio.addEventListener(
      'loadedmetadata',
      () => {
        if (Number.isFinite(audio.duration)) return resolve();
        audio.addEventListener(
          'seeked',
          () => {
            audio.currentTime = 0;
            resolve();
          },
          { once: true },
        );
        audio.currentTime = 1e7;
      },
      { once: true },
    );
  });
}
