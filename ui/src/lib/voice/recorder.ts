// Both sides of a call as Opus, in pieces of five seconds that go to the host as they come. Where the webview has no recorder for it, nothing is recorded.

import type { Track } from '../bindings';
import type { Browser } from './browser';
import type { CallFacts } from './transport';

const PIECE_MS = 5000;
const FORMS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];

/** The form that this webview can record in; `null` where it has none. */
export function formOf({ Recorder }: Browser): string | null {
  return FORMS.find((form) => Recorder?.isTypeSupported(form)) ?? null;
}

export class CallRecorder {
  readonly #recorders: { recorder: MediaRecorder; done: Promise<void> }[] = [];
  #kept: Promise<unknown> = Promise.resolve();
  #paused = false;
  /** A piece was refused: what would follow it would follow a hole. */
  #refused = false;

  constructor(
    readonly browser: Browser,
    readonly facts: CallFacts,
    /** Told when it begins, and where it stops before the call does. */
    readonly told: (on: boolean) => void = () => undefined,
  ) {}

  get running(): boolean {
    return this.#recorders.length > 0;
  }

  /** Begins both sides at the same moment. */
  begin(sides: Partial<Record<Track, MediaStream>>): void {
    const form = formOf(this.browser);
    if (this.running || this.#refused || !form || !this.browser.Recorder) return;
    const beginsMs = Math.round(this.facts.elapsed());
    try {
      for (const side of ['rep', 'customer'] as const) {
        const stream = sides[side];
        if (stream) this.#record(new this.browser.Recorder(stream, { mimeType: form, audioBitsPerSecond: 24_000 }), side, beginsMs);
      }
    } catch {
      // The talk goes on without.
      this.#stop();
      return;
    }
    if (this.#paused) this.pause(true);
    if (this.running) this.told(true);
  }

  #record(recorder: MediaRecorder, side: Track, beginsMs: number): void {
    recorder.ondataavailable = ({ data }) => this.#keep(side, beginsMs, data);
    recorder.onerror = () => this.#stop();
    const done = new Promise<void>((resolve) => {
      recorder.onstop = () => resolve();
    });
    recorder.start(PIECE_MS);
    this.#recorders.push({ recorder, done });
  }

  /** Stands still with the clock of the practice, so that the two stay in step. */
  pause(on: boolean): void {
    this.#paused = on;
    for (const { recorder } of this.#recorders) {
      if (on && recorder.state === 'recording') recorder.pause();
      if (!on && recorder.state === 'paused') recorder.resume();
    }
  }

  /** Ends both sides; answers when the last piece is kept, or could not be. */
  async end(): Promise<void> {
    this.#end();
    await Promise.all(this.#recorders.map(({ done }) => done));
    await this.#kept;
  }

  #end(): void {
    for (const { recorder } of this.#recorders) if (recorder.state !== 'inactive') recorder.stop();
  }

  /** It goes no further while the call does: the talk is what counts. What was kept until then can be played. */
  #stop(): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#end();
    this.told(false);
  }

  /** One after the other, so that each piece follows the one before it. */
  #keep(side: Track, beginsMs: number, data: Blob): void {
    if (data.size === 0 || this.#refused) return;
    this.#kept = this.#kept
      .then(async () => {
        if (this.#refused) return;
        const bytes = new Uint8Array(await data.arrayBuffer());
        await this.facts.backend.keepRecording(this.facts.id, side, beginsMs, bytes);
      })
      .catch(() => this.#stop());
  }
}
