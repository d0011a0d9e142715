// A recording played in step with the transcript: call after call, of each one sound a side, both at the same moment of the practice.

import type { Backend, Refusal } from '../../lib/backend';
import type { RecordedCall, RecordingView, Turn } from '../../lib/bindings';
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

/** One call: where in the practice it is, and its sounds, the longest first. */
interface Part {
  begins: number;
  end: number;
  sounds: Sound[];
}

export class Listening {
  state = $state<'idle' | 'loading' | 'ready' | 'refused'>('idle');
  playing = $state(false);
  /** Milliseconds of practice. */
  at = $state(0);
  end = $state(0);
  refusal = $state.raw<Refusal | null>(null);
  /** Where the first call begins. */
  readonly begins: number;
  #parts: Part[] = [];
  /** Which of them is played. */
  #part = 0;
  #gone = false;

  constructor(
    readonly backend: Backend,
    readonly id: string,
    readonly recording: RecordingView,
    activeMs: number,
    readonly make: (bytes: Uint8Array, mediaType: string) => Sound = soundOf,
  ) {
    this.begins = recording.calls[0]?.beginsMs ?? 0;
    this.at = this.begins;
    this.end = Math.max(activeMs, this.begins);
  }

  /** The turn that is heard at this moment. */
  turnAt(turns: Turn[]): number | null {
    if (this.state !== 'ready') return null;
    return turns.findLast((turn) => began(turn) <= this.at)?.index ?? null;
  }

  async toggle(): Promise<void> {
    if (this.playing) return this.pause();
    // From the end it begins anew.
    if (this.at >= this.end) this.seek(this.begins);
    await this.#play();
  }

  async playFrom(ms: number): Promise<void> {
    if (await this.#load()) {
      this.seek(ms);
      await this.#play();
    }
  }

  /** Between two calls there was no sound: there the next one begins. */
  seek(ms: number): void {
    this.at = Math.min(this.end, Math.max(this.begins, ms));
    const found = this.#parts.findIndex(({ end }) => this.at < end);
    const next = found < 0 ? this.#parts.length - 1 : found;
    const part = this.#parts[next];
    if (!part) return;
    if (next !== this.#part) for (const sound of this.#sounds()) sound.pause();
    this.#part = next;
    this.at = Math.max(this.at, part.begins);
    for (const sound of part.sounds) sound.currentTime = (this.at - part.begins) / 1000;
    if (this.playing) void this.#sound();
  }

  pause(): void {
    this.playing = false;
    for (const sound of this.#sounds()) sound.pause();
  }

  /** Moves the shown place along with the sound, the second side along with the first, and on to the next call. */
  tick(): void {
    const part = this.#parts[this.#part];
    const [lead, ...others] = part?.sounds ?? [];
    if (!this.playing || !part || !lead) return;
    this.at = Math.min(part.end, part.begins + lead.currentTime * 1000);
    for (const other of others) if (!other.ended && Math.abs(other.currentTime - lead.currentTime) > DRIFT) other.currentTime = lead.currentTime;
    if (!lead.ended && this.at < part.end) return;
    const next = this.#parts[this.#part + 1];
    if (next) {
      this.seek(next.begins);
      return;
    }
    this.pause();
    this.at = this.end;
  }

  forget(): void {
    this.#gone = true;
    this.pause();
    for (const { sounds } of this.#parts.splice(0)) for (const sound of sounds) sound.forget();
  }

  #sounds(): Sound[] {
    return this.#parts[this.#part]?.sounds ?? [];
  }

  async #play(): Promise<void> {
    if (!(await this.#load())) return;
    // Where somebody put it before there was a sound.
    this.seek(this.at);
    this.playing = true;
    await this.#sound();
  }

  async #sound(): Promise<void> {
    try {
      await Promise.all(this.#sounds().map((sound) => sound.play()));
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
      const parts = await Promise.all(this.recording.calls.map((call) => this.#open(call)));
      if (this.#gone) {
        for (const { sounds } of parts) for (const sound of sounds) sound.forget();
        return false;
      }
      this.#parts = parts;
      this.end = parts.at(-1)?.end ?? this.end;
      this.state = 'ready';
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  async #open({ tracks, mediaType, beginsMs }: RecordedCall): Promise<Part> {
    const files = await Promise.all(tracks.map((track) => this.backend.recording(this.id, track, beginsMs)));
    const sounds = files.map((bytes) => this.make(bytes, mediaType));
    await Promise.all(sounds.map((sound) => sound.ready()));
    sounds.sort((a, b) => lengthOf(b) - lengthOf(a));
    return { begins: beginsMs, end: beginsMs + 1000 * lengthOf(sounds[0]), sounds };
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
