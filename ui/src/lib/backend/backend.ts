// The whole list of what the window may ask of its host. Implemented by `tauri.ts` (desktop) and `fake.ts` (tests and plain-browser development).
// Every call may be refused with a `Refusal`, which carries the host's `{ code, message }`.

import type {
  Answered, Boot, Briefing, CallAnswer, CallControl, CallEvent, CallOffer, Debrief, Deleted, Error as WireError, Exported, Hint, HistoryPage, HistoryQuery,
  KeyTest, Link, MicrophoneEvent, Mode, PracticeView, ProductSummary, ProductView, Profile, Progress, Recommendation, Session, SessionView, Settings,
  SoundDevices, Track, VoiceView,
} from '../bindings';

export interface Backend {
  /** What the window needs to begin. */
  boot(): Promise<Boot>;
  /** Makes a profile and chooses it. */
  createProfile(name: string): Promise<Profile>;
  renameProfile(id: string, name: string): Promise<Profile>;
  /** From now on this person practises. */
  chooseProfile(id: string): Promise<Boot>;
  saveSettings(settings: Settings): Promise<Settings>;

  practice(): Promise<PracticeView>;
  /** Another recommendation than these scenarios. */
  recommend(skip: string[]): Promise<Recommendation>;
  products(text: string, category: string | null): Promise<ProductSummary[]>;
  product(id: string): Promise<ProductView>;
  briefing(scenarioId: string): Promise<Briefing>;

  start(scenarioId: string, mode: Mode): Promise<SessionView>;
  /** The session as it stands; an unfinished one can go on. */
  session(id: string): Promise<SessionView>;
  say(id: string, text: string): Promise<Answered>;
  pause(id: string): Promise<SessionView>;
  resume(id: string): Promise<SessionView>;
  hint(id: string): Promise<Hint>;
  complete(id: string): Promise<Debrief>;
  abandon(id: string): Promise<Session>;

  debrief(id: string): Promise<Debrief>;
  history(query: HistoryQuery): Promise<HistoryPage>;
  progress(): Promise<Progress>;

  /** What talking by voice needs, as far as the host knows it. */
  voice(): Promise<VoiceView>;
  /** The same, after the service was asked which models it has; where it does not answer, what is known. It may take as long as a network does. */
  askService(): Promise<VoiceView>;
  /** Puts the key of the chosen service away; it is never given out again. */
  saveKey(key: string): Promise<VoiceView>;
  removeKey(): Promise<VoiceView>;
  /** Asks the service whether it takes the key. */
  testKey(): Promise<KeyTest>;
  /** The machine's own devices, where the host carries the sound. */
  soundDevices(): Promise<SoundDevices>;
  /** Tries the microphone, where the host carries the sound; a second try ends the first. */
  listen(input: string | null, on: (event: MicrophoneEvent) => void): Promise<void>;
  stopListening(): Promise<void>;
  /** Opens the call of a session, or opens it again; from then on `on` is told what happens. */
  openCall(id: string, offer: CallOffer, on: (event: CallEvent) => void): Promise<CallAnswer>;
  /** A message that came on the webview's data channel, as it is. */
  callMessage(id: string, message: string): Promise<void>;
  /** What the webview's connection says of itself. */
  callLink(id: string, link: Link): Promise<void>;
  control(id: string, control: CallControl): Promise<void>;
  /** From now on the rep types: what the customer owes to a spoken line comes in writing. */
  goOnTyping(id: string): Promise<SessionView>;
  /** The next piece of a recording; `beginsMs` is where in the practice its call begins. After one that is refused no more are sent. */
  keepRecording(id: string, track: Track, beginsMs: number, bytes: Uint8Array): Promise<void>;
  /** One side of the call that begins there. */
  recording(id: string, track: Track, beginsMs: number): Promise<Uint8Array>;
  deleteRecording(id: string): Promise<Debrief>;

  /** Writes one session as JSON. */
  exportSession(id: string): Promise<Exported>;
  /** Writes everything of this person as JSON. */
  exportAll(): Promise<Exported>;
  /** Deletes everything of this person; `confirmation` is the person's name as typed. */
  deleteEverything(confirmation: string): Promise<Deleted>;

  /** Writes an error of the window to the host's log. */
  log(message: string): Promise<void>;
}

/** What the host refused, and why. */
export class Refusal extends Error {
  readonly code: WireError['code'];

  constructor(error: WireError) {
    super(error.message);
    this.name = 'Refusal';
    this.code = error.code;
  }
}
