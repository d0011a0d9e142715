// The whole list of what the window may ask of its host. Implemented by `tauri.ts` (desktop) and `fake.ts` (tests and plain-browser development).
// Every call may be refused with a `Refusal`, which carries the host's `{ code, message }`.

import type {
  Answered, Boot, Briefing, Debrief, Deleted, Error as WireError, Exported, Hint, HistoryPage, HistoryQuery, PracticeView, ProductSummary, ProductView,
  Profile, Progress, Recommendation, Session, SessionView, Settings,
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

  start(scenarioId: string): Promise<SessionView>;
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
