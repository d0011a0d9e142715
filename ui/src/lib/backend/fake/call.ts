// A call without sound: stages, captions that grow, turns, levels and figures come in time, as the host would tell them. Nobody is heard: what the rep says is a
// script too. In the address: `?call=HOW` what happens in it (see `HOWS`), `?pace=20` how much faster than life, `?until=4` where it stands still, in the midst of
// that turn.

import type { CallControl, CallEnd, CallEvent, CallStage, Code, CustomerState, Error as WireError, Signal, Speaker, Turn } from '../../bindings';

/** What may befall a call at its fourth turn. */
const HOWS: Record<string, { end: CallEnd; code: Code | null }> = {
  expired: { end: 'session_expired', code: 'session_expired' },
  'mic-lost': { end: 'microphone_lost', code: 'no_microphone' },
  cost: { end: 'cost_cap', code: null },
  time: { end: 'time_cap', code: null },
  silent: { end: 'nobody_spoke', code: null },
  slept: { end: 'slept', code: null },
  quota: { end: 'refused', code: 'quota_used_up' },
};

/** What the rep is heard to say. */
const SAYS = [
  'Afternoon. Before I show you anything, what does it have to do for you?',
  'So that comes first for you. Let me show you how this one is made, and you tell me whether it would do.',
  'It is what most people here ask for, and it is made to last. Have a look at the seams.',
  'I would be wary too, in your place. What happened with the last one?',
  'That makes sense. This one has thirty days from delivery to go back, unused and with the tags on.',
  'Does that settle it for you, or is there something else?',
  'Then let me put one aside in your size, and you try it before you decide.',
  'Shall I ring it up for you?',
];

/** What the call needs of the fake. */
export interface World {
  how: string | null;
  /** How much faster than life. */
  pace: number;
  /** The turn in whose midst it stands still. */
  until: number;
  pushToTalk: () => boolean;
  recorded: () => boolean;
  opening: string;
  answer: (n: number) => { text: string; state: CustomerState };
  /** What stands in the transcript already. */
  turns: () => Turn[];
  /** Stores a turn that ended at this moment of the practice. */
  store: (speaker: Speaker, text: string, interrupted: boolean, endedMs: number, spokenMs: number) => Turn;
  /** Where the practice stands when the call begins, in milliseconds. */
  begins: number;
  decide: (turn: Turn, state: CustomerState) => Signal[];
  pause: (on: boolean) => void;
  error: (code: Code) => WireError;
}

const PER_WORD = 190;

export class FakeCall {
  #run = 0;
  #paused = false;
  #held: (() => void) | null = null;
  /** The button was pressed before it was waited for. */
  #early = false;
  #cut = false;
  #answers = 0;
  #costs = 0;
  /** Practice so far, as if it went at the pace of life. */
  #ms: number;
  stage: CallStage = 'idle';

  constructor(
    readonly world: World,
    readonly on: (event: CallEvent) => void,
  ) {
    this.#ms = world.begins;
    void this.#begin();
  }

  control(control: CallControl): void {
    if (this.stage === 'done') return;
    if (control.kind === 'hang_up') void this.#finish('hung_up');
    if (control.kind === 'pause') this.#pause(true);
    if (control.kind === 'resume') this.#pause(false);
    if (control.kind === 'press') this.#press();
    if (control.kind === 'quiet') this.#cut = true;
    if (control.kind === 'repeat') void this.#repeat();
  }

  async #begin(): Promise<void> {
    const mine = this.#run;
    this.#stage('connecting');
    if (this.world.how === 'connecting') return;
    await this.#wait(900);
    if (mine !== this.#run) return;
    if (this.world.how === 'blocked') {
      await this.#wait(1600);
      return mine === this.#run ? this.#over('connection_lost', 'connection_blocked') : undefined;
    }
    this.#stage('live');
    if (this.world.recorded()) this.on({ kind: 'recording', on: true });
    if (this.world.how === 'unrecorded') this.on({ kind: 'recording', on: false });
    if (this.world.how === 'soon') this.on({ kind: 'soon', end: 'time_cap', leftMs: 60_000 });
    if (this.world.how === 'trouble') this.on({ kind: 'trouble', code: 'transcription_changed' });
    await this.#talk(mine);
  }

  async #talk(mine: number): Promise<void> {
    const { world } = this;
    while (mine === this.#run) {
      const turns = world.turns();
      const last = turns.at(-1);
      const said = turns.filter(({ speaker }) => speaker === 'rep').length;
      if (turns.length >= 3 && (await this.#befalls(mine))) return;
      if (last?.speaker === 'customer') {
        const line = SAYS[Math.min(said, SAYS.length - 1)] ?? '';
        await this.#wait(700);
        if (world.pushToTalk()) await this.#pressed();
        if (mine !== this.#run || !(await this.#speak(mine, 'rep', line, turns.length))) return;
        if (world.how === 'unclear' && said === 1) {
          this.on({ kind: 'unclear' });
          world.how = null;
          continue;
        }
        const turn = world.store('rep', line, false, this.#ms, line.split(' ').length * PER_WORD);
        this.on({ kind: 'turn', turn, signals: [], state: said === 0 ? { mood: 'guarded', ended: false } : world.answer(said - 1).state });
      } else {
        const { text, state } = said === 0 ? { text: world.opening, state: { mood: 'guarded' as const, ended: false } } : world.answer(said - 1);
        await this.#wait(said === 0 ? 300 : 620);
        const heard = mine === this.#run ? await this.#speak(mine, 'customer', text, turns.length) : null;
        if (!heard) return;
        const turn = world.store('customer', heard, heard !== text, this.#ms, heard.split(' ').length * PER_WORD);
        this.on({ kind: 'turn', turn, signals: world.decide(turn, state), state });
        this.#figures(said > 0);
        if (state.ended) return void this.#finish('customer_done');
      }
    }
  }

  /** Words one after the other, with their loudness; answers what was said of them, or `null` where the call is over. */
  async #speak(mine: number, speaker: Speaker, text: string, index: number): Promise<string | null> {
    this.#cut = this.world.how === 'cut' && speaker === 'customer' && index === 2;
    const cutEarly = this.#cut;
    const words = text.split(' ');
    this.on({ kind: 'speaking', speaker });
    for (const [n] of words.entries()) {
      const loud = 0.45 + 0.3 * Math.sin(n * 1.9);
      this.on({ kind: 'caption', speaker, text: words.slice(0, n + 1).join(' ') });
      this.on({ kind: 'levels', rep: speaker === 'rep' ? loud : 0.06, customer: speaker === 'customer' ? loud : 0 });
      if (this.world.until === index && n >= words.length / 2) return null;
      await this.#wait(PER_WORD);
      if (mine !== this.#run) return null;
      if (speaker === 'customer' && this.#cut && (!cutEarly || n >= words.length / 2)) {
        this.#quiet();
        return words.slice(0, n + 1).join(' ');
      }
    }
    this.#quiet();
    return text;
  }

  #press(): void {
    if (this.#held) this.#held();
    else this.#early = true;
    this.#held = null;
  }

  #pressed(): Promise<void> {
    if (this.#early) {
      this.#early = false;
      return Promise.resolve();
    }
    return new Promise((go) => {
      this.#held = go;
    });
  }

  #quiet(): void {
    this.on({ kind: 'speaking', speaker: null });
    this.on({ kind: 'levels', rep: 0.04, customer: 0 });
  }

  async #repeat(): Promise<void> {
    const line = this.world.turns().findLast(({ speaker }) => speaker === 'customer');
    if (!line || this.stage !== 'live') return;
    this.on({ kind: 'speaking', speaker: 'customer' });
    await this.#wait(line.text.split(' ').length * PER_WORD);
    this.on({ kind: 'speaking', speaker: null });
  }

  /** What was asked to happen, once; true where the call goes no further. */
  async #befalls(mine: number): Promise<boolean> {
    const { how } = this.world;
    const fate = HOWS[how ?? ''];
    if (fate) {
      this.#over(fate.end, fate.code);
      return true;
    }
    if (how !== 'lost' && how !== 'reconnecting') return false;
    for (const attempt of [1, 2, 3]) {
      this.#stage('reconnecting', attempt);
      if (how === 'reconnecting' && attempt === 2) break;
      await this.#wait(1500);
      if (mine !== this.#run) return true;
    }
    if (how === 'lost') {
      this.#over('connection_lost', 'service_unavailable');
      return true;
    }
    await this.#wait(8000);
    if (mine !== this.#run) return true;
    this.world.how = null;
    this.#stage('live');
    return false;
  }

  #pause(on: boolean): void {
    if (on === this.#paused) return;
    this.#paused = on;
    this.world.pause(on);
    this.#run += 1;
    this.#stage(on ? 'paused' : 'live');
    if (on) this.#quiet();
    else void this.#talk(this.#run);
  }

  async #finish(end: CallEnd): Promise<void> {
    if (this.stage === 'ending' || this.stage === 'done') return;
    const mine = ++this.#run;
    this.#stage('ending');
    await this.#wait(800);
    if (mine === this.#run) this.#over(end, null);
  }

  #over(end: CallEnd, code: Code | null): void {
    this.#run += 1;
    this.stage = 'done';
    this.on({ kind: 'stage', stage: 'done', attempt: 0, end, error: code ? this.world.error(code) : null });
  }

  #stage(stage: CallStage, attempt = 0): void {
    this.stage = stage;
    this.on({ kind: 'stage', stage, attempt, end: null, error: null });
  }

  #figures(answered: boolean): void {
    if (answered) this.#answers += 1;
    this.#costs += 2100;
    const latency = answered ? 540 + ((this.#answers * 137) % 260) : null;
    this.on({ kind: 'figures', figures: { latency, usualLatency: answered ? 610 : null, costMillicents: this.#costs } });
  }

  #wait(ms: number): Promise<void> {
    if (this.stage === 'live') this.#ms += ms;
    return new Promise((resolve) => setTimeout(resolve, ms / this.world.pace));
  }
}
