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

  constructor(
    readonly browser: Browser,
    readonly facts: CallFacts,
  ) {}

  get running(): boolean {
    return this.#recorders.length > 0;
  }

  /** Begins both sides at the same moment. */
  begin(sides: Partial<Record<Track, MediaStream>>): void {
    const form = formOf(this.browser);
    if (this.running || !form || !this.browser.Recorder) return;
    const beginsMs = Math.round(this.facts.elapsed());
    for (const side of ['rep', 'customer'] as const) {
      const stream = sides[side];
      if (!stream) continue;
      const recorder = new this.browser.Recorder(stream, { mimeType: form, audioBitsPerSecond: 24_000 });
      recorder.ondataavailable = ({ data }) => this.#keep(side, beginsMs, data);
      const done = new Promise<void>((resolve) => {
        recorder.onstop = () => resolve();
      });
      recorder.start(PIECE_MS);
      this.#recorders.push({ recorder, done });
    }
    if (this.#paused) this.pause(true);
  }

  /** Stands still with the clock of the practice, so that the two stay in step. */
  pause(on: boolean): void {
    this.#paused = on;
    for (const { recorder } of this.#recorders) {
      if (on && recorder.state === 'recording') recorder.pause();
      if (!on && recorder.state === 'paused') recorder.resume();
    }
  }

  /** Ends; answers when the last piece is kept, or could not be. */
  async end(): Promise<void> {
    for (const { recorder } of this.#recorders) if (recorder.state !== 'inactive') recorder.stop();
    await Promise.all(this.#recorders.map(({ done }) => done));
    await this.#kept;
  }

  /** One after the other, so that each piece follows the one before it. A piece that is refused ends nothing: the talk is what counts. */
  #keep(side: Track, beginsMs: number, data: Blob): void {
    if (data.size === 0) return;
    this.#kept = this.#kept
      .then(() => data.arrayBuffer())
      .then((bytes) => this.facts.backend.keepRecording(this.facts.id, side, beginsMs, new Uint8Array(bytes)))
      .catch(() => undefined);
  }
}
