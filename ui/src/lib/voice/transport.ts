// How the sound of a call travels, whoever carries it: the webview or the host. What happens in a call comes as the host's own events, whichever it is.

import type { Backend } from '../backend/backend';
import type { CallEvent, VoiceSettings } from '../bindings';

export interface VoiceTransport {
  /** Opens the call. To be called in a click, or with a playback that was unlocked in one. Refused with a `Refusal`; what was opened is closed then. */
  open(on: (event: CallEvent) => void): Promise<void>;
  /** Shuts or opens the microphone. */
  mute(on: boolean): void;
  /** Push-to-talk: the microphone is open while the button is held. */
  hold(on: boolean): void;
  /** The clock of the practice stands still or runs, from its first moment still: while it does the microphone is shut and a recording stands still with it. */
  pause(on: boolean): void;
  /** Ends everything that was opened, at any time and any number of times; answers when the last of a recording is kept. */
  close(): Promise<void>;
}

/** What a transport needs to know of the call. */
export interface CallFacts {
  backend: Backend;
  id: string;
  settings: VoiceSettings;
  /** Milliseconds of practice so far. */
  elapsed: () => number;
}
