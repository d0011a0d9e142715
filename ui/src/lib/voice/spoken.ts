// The practice partner's lines in the system's own voice, where the webview has one. The words are on the screen either way.

/** The parts of the browser that are used. */
export interface Voices {
  synthesis: Pick<SpeechSynthesis, 'speak' | 'cancel'> | undefined;
  Utterance: (new (text: string) => SpeechSynthesisUtterance) | undefined;
}

const these = (): Voices => {
  const all = globalThis as Partial<typeof globalThis>;
  return { synthesis: all.speechSynthesis, Utterance: all.SpeechSynthesisUtterance };
};

export function canReadAloud({ synthesis, Utterance }: Voices = these()): boolean {
  return synthesis !== undefined && Utterance !== undefined;
}

/** Says it, instead of whatever is being said. */
export function readAloud(text: string, voices: Voices = these()): void {
  const { synthesis, Utterance } = voices;
  if (!synthesis || !Utterance) return;
  synthesis.cancel();
  const said = new Utterance(text);
  said.lang = 'en-US';
  synthesis.speak(said);
}

export function hush({ synthesis }: Voices = these()): void {
  synthesis?.cancel();
}
