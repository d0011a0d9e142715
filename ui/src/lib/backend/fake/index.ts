// A whole backend in memory: for the browser specs and for development in a plain browser. Never part of the shipped bundle.
// In the address: `?first` nobody has a name yet, `?people` two have one and neither is chosen, `?empty` nothing practised yet, `?long` long names,
// `?slow=300` answers late, `?fail=…` see faults.ts, `?voice` and what goes with it see voice.ts, `?call=…` see call.ts.

import type { Answered, Boot, CallEvent, Debrief, Mode, Profile, Session, SessionView, Signal, Turn } from '../../bindings';
import type { Backend } from '../backend';
import { FakeCall } from './call';
import { revision } from './catalog';
import { Faults, refusal } from './faults';
import { historyOf, progressOf } from './history';
import { withoutPast, withPast, withPeople } from './past';
import { answerTo, hintFor, reportOf } from './report';
import { keep, type Memory, recall, type Stored } from './state';
import { Views } from './views';
import { devices, keyOf, listening, recordOf, spokenOpen, spokenSample, testOf, voiceView, wav } from './voice';

const longName = 'Maximiliana Featherstonehaugh-Cholmondeley of Upper Pecos III';

export function openFake(search: string, storage: Storage | null, clock: () => number = Date.now): Backend {
  const wanted = new URLSearchParams(search);
  const faults = new Faults(wanted.get('fail'));
  const slow = Number(wanted.get('slow') ?? 0);
  const fresh = (): Memory => {
    const rep: Profile = { id: 'user-1', name: wanted.has('long') ? longName : 'Dana Whitfield', createdAt: 1_760_000_000_000 };
    if (wanted.has('first')) return withoutPast(null);
    if (wanted.has('people')) return withPeople(rep, clock(), wanted.has('long'));
    const before = wanted.has('empty') ? withoutPast(rep) : withPast(rep, clock());
    if (!wanted.has('voice')) return before;
    const spoken = wanted.has('empty') ? [] : [spokenSample(rep.id, clock() - 600_000), spokenOpen(rep.id, clock() - 300_000)];
    return { ...before, stored: [...before.stored, ...spoken], key: keyOf('4f2c', wanted) };
  };
  const memory = structuredClone(recall(storage, fresh));
  if (wanted.has('theme')) memory.settings.theme = wanted.get('theme') as Memory['settings']['theme'];
  if (wanted.has('hub')) memory.settings.voice = { ...memory.settings.voice, provider: 'hub' };
  for (const name of ['pushToTalk', 'showFigures', 'spokenPartner', 'recording'] as const)
    if (wanted.has(name)) memory.settings.voice = { ...memory.settings.voice, [name]: wanted.get(name) !== 'no' };
  let call: FakeCall | null = null;
  /** The service was asked for its models. */
  let asked = false;
  let stopListening: () => void = () => undefined;
  const mine = (): Stored[] => memory.stored.filter(({ session }) => session.userId === memory.chosen);
  const views = new Views(mine, wanted.has('long'));
  const exports = wanted.has('long')
    ? '/home/maximiliana.featherstonehaugh-cholmondeley/OneDrive - Pecos River Traders, Store 12/Customer Training and Development/Downloads'
    : '/home/dana/Downloads';

  const find = (id: string): Stored => {
    const found = mine().find(({ session }) => session.id === id);
    if (!found) throw refusal('not_found');
    return found;
  };
  const open = (id: string): Stored => {
    const found = find(id);
    if (found.session.status !== 'IN_PROGRESS') throw refusal('wrong_state');
    return found;
  };
  const change = (stored: Stored, changes: Partial<Session>): Stored => {
    stored.session = { ...stored.session, ...changes };
    return stored;
  };
  const atNow = ({ session }: Stored): number => clock() - session.startedAt;

  const boot = (): Boot => ({
    version: '0.1.0',
    dataDir: '/home/dana/.local/share/sellme',
    catalogRevision: revision,
    profile: memory.profiles.find(({ id }) => id === memory.chosen) ?? null,
    profiles: memory.profiles,
    settings: memory.settings,
    notices: wanted.has('notice') ? [{ kind: 'repaired', kept: 14, missing: 1, setAside: '/home/dana/.local/share/sellme/set-aside-1.db' }] : [],
  });

  const said = (id: string, text: string): Answered => {
    const stored = open(id);
    const words = text.trim();
    if (!words || words.length > 4000) throw refusal('invalid_input');
    const said = turn(stored, 'rep', words);
    faults.midway('say');
    return { rep: said, ...replied(stored) };
  };

  /** The customer's answer to the last line. */
  const replied = (stored: Stored): Omit<Answered, 'rep'> => {
    const { text, state } = answerTo(views.find(stored.session.scenarioId), stored.turns.filter(({ speaker }) => speaker === 'rep').length - 1);
    const customer = turn(stored, 'customer', text);
    const signals: Signal[] = state.ended ? [{ kind: 'decide', decision: 'buy', reason: 'convinced' }] : [];
    for (const signal of signals) stored.signals.push([customer.index, signal]);
    return { customer, signals, state };
  };

  const turn = (stored: Stored, speaker: Turn['speaker'], text: string, spoken: Partial<Turn> = {}): Turn => {
    // A line is one line, whatever was typed.
    const made: Turn = { index: stored.turns.length, speaker, text: text.replace(/\s/g, ' '), atMs: atNow(stored), interrupted: false, ...spoken };
    stored.turns = [...stored.turns, made];
    change(stored, { turns: stored.turns.length, activeMs: atNow(stored) });
    return made;
  };

  /** A line that was stored without its answer is answered now. */
  const resumed = (id: string): SessionView => {
    const stored = find(id);
    if (stored.session.status === 'IN_PROGRESS' && stored.turns.at(-1)?.speaker === 'rep') replied(stored);
    return views.session(stored);
  };

  const completed = (id: string): Debrief => {
    const stored = open(id);
    const bought = stored.signals.some(([, signal]) => signal.kind === 'decide' && signal.decision === 'buy');
    const outcome = bought ? 'sale' : 'undecided';
    stored.report = reportOf(views.find(stored.session.scenarioId), stored.turns, outcome, 72);
    if (stored.session.mode === 'voice') stored.voice = recordOf(clock());
    change(stored, { status: 'COMPLETED', outcome, overallScore: stored.report.overallScore, endedAt: clock(), paused: false });
    return views.debrief(stored);
  };

  const decided = (stored: Stored, at: number): Signal[] => {
    const signals: Signal[] = [{ kind: 'decide', decision: 'buy', reason: 'convinced' }];
    for (const signal of signals) stored.signals.push([at, signal]);
    return signals;
  };

  /** Opens a call of a session; what is said in it is kept as it comes. */
  const called = (id: string, on: (event: CallEvent) => void): void => {
    const stored = open(id);
    const scenario = views.find(stored.session.scenarioId);
    change(stored, { paused: false });
    call?.control({ kind: 'hang_up' });
    call = new FakeCall(
      {
        how: wanted.get('call'),
        pace: Number(wanted.get('pace') ?? 1),
        until: Number(wanted.get('until') ?? -1),
        pushToTalk: () => memory.settings.voice.pushToTalk,
        recorded: () => memory.settings.voice.recording === true,
        opening: scenario.opening,
        answer: (n) => answerTo(scenario, n),
        turns: () => stored.turns,
        begins: stored.session.activeMs,
        store: (speaker, text, interrupted, endedMs, spokenMs) => {
          const startedMs = Math.max(0, endedMs - spokenMs);
          const made = turn(stored, speaker, text, { interrupted, atMs: startedMs, startedMs, endedMs });
          change(stored, { activeMs: endedMs });
          keep(storage, memory);
          return made;
        },
        decide: ({ index }, state) => (state.ended ? decided(stored, index) : []),
        pause: (paused) => void change(stored, { paused }),
        error: (code) => ({ code, message: refusal(code).message }),
      },
      (event) => {
        if (event.kind === 'stage' && event.stage === 'live') views.talking.add(id);
        else if (event.kind === 'stage' && event.stage !== 'paused') views.talking.delete(id);
        on(structuredClone(event));
      },
    );
    // What was asked to happen happens once: the next call goes well.
    wanted.delete('call');
  };

  const started = (scenarioId: string, mode: Mode): SessionView => {
    const scenario = views.find(scenarioId);
    const session: Session = {
      id: `new-${memory.next++}`,
      userId: memory.chosen ?? '',
      productId: scenario.productId,
      scenarioId,
      seed: memory.next,
      mode,
      visibility: 'practice',
      status: 'IN_PROGRESS',
      paused: false,
      outcome: null,
      overallScore: null,
      startedAt: clock(),
      endedAt: null,
      activeMs: 0,
      turns: mode === 'voice' ? 0 : 1,
      catalogRevision: revision,
      winPath: [...scenario.needs, ...scenario.objections].map((one) => one.id),
    };
    const stored: Stored = {
      session,
      // By voice the customer says it in the call.
      turns: mode === 'voice' ? [] : [{ index: 0, speaker: 'customer', text: scenario.opening, atMs: 0, interrupted: false }],
      signals: [],
      report: null,
      voice: null,
    };
    memory.stored.push(stored);
    return views.session(stored);
  };

  const forgotten = (confirmation: string): number => {
    const name = boot().profile?.name ?? '';
    if (confirmation.trim() !== name) throw refusal('invalid_input', 'The name does not match. Nothing was deleted.');
    const gone = mine().length;
    memory.stored = memory.stored.filter(({ session }) => session.userId !== memory.chosen);
    memory.profiles = memory.profiles.filter(({ id }) => id !== memory.chosen);
    memory.chosen = null;
    return gone;
  };

  const named = (name: string, own: string | null = null): string => {
    const trimmed = name.trim();
    if (!trimmed || trimmed.length > 60) throw refusal('invalid_input', 'A name has 1 to 60 characters.');
    if (memory.profiles.some((one) => one.id !== own && one.name.toLowerCase() === trimmed.toLowerCase()))
      throw refusal('invalid_input', `“${trimmed}” already practices on this device.`);
    return trimmed;
  };

  /** Every answer comes later, is a copy, and is kept. */
  async function answer<T>(method: keyof Backend, work: () => T): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, slow));
    if (faults.check(method)) return {} as T;
    try {
      return structuredClone(work());
    } finally {
      keep(storage, memory);
    }
  }

  return {
    boot: () => answer('boot', boot),
    createProfile: (name) =>
      answer('createProfile', () => {
        const profile = { id: `user-${memory.next++}`, name: named(name), createdAt: clock() };
        memory.profiles.push(profile);
        faults.midway('createProfile');
        memory.chosen = profile.id;
        return profile;
      }),
    renameProfile: (id, name) =>
      answer('renameProfile', () => {
        const profile = memory.profiles.find((one) => one.id === id);
        if (!profile) throw refusal('not_found');
        profile.name = named(name, id);
        return profile;
      }),
    chooseProfile: (id) =>
      answer('chooseProfile', () => {
        if (!memory.profiles.some((one) => one.id === id)) throw refusal('not_found');
        memory.chosen = id;
        return boot();
      }),
    saveSettings: (settings) =>
      answer('saveSettings', () => {
        const { compatible, hub } = settings.voice;
        for (const address of [compatible.baseUrl, hub.address])
          if (address && !URL.canParse(address)) throw refusal('invalid_input', 'The server’s address cannot be read. It begins with https://.');
        return Object.assign(memory.settings, settings);
      }),
    practice: () => answer('practice', () => views.practice()),
    recommend: (skip) => answer('recommend', () => views.recommend(skip)),
    products: (text, category) => answer('products', () => views.products(text, category)),
    product: (id) => answer('product', () => views.product(id)),
    briefing: (scenarioId) =>
      answer('briefing', () => {
        const scenario = views.find(scenarioId);
        return {
          scenario: views.scenario(scenario),
          product: views.product(scenario.productId).summary,
          goal: scenario.goal,
          customer: { title: scenario.title, seen: scenario.seen, patience: 4 },
          facts: views.facts(scenario),
          weights: [
            ['productKnowledge', 30],
            ['objectionHandling', 25],
            ['closingTechnique', 25],
            ['rapport', 20],
          ],
          rubricVersion: '1.0',
        };
      }),
    start: (scenarioId, mode) => answer('start', () => started(scenarioId, mode)),
    session: (id) => answer('session', () => resumed(id)),
    say: (id, text) => answer('say', () => said(id, text)),
    goOnTyping: (id) =>
      answer('goOnTyping', () => {
        views.talking.add(id);
        return resumed(id);
      }),
    pause: (id) => answer('pause', () => views.session(change(open(id), { paused: true }))),
    resume: (id) => answer('resume', () => views.session(change(open(id), { paused: false }))),
    hint: (id) =>
      answer('hint', () => {
        const { session, turns } = open(id);
        return hintFor(views.find(session.scenarioId), turns);
      }),
    complete: (id) => answer('complete', () => completed(id)),
    abandon: (id) => answer('abandon', () => change(open(id), { status: 'ABANDONED', endedAt: clock(), paused: false }).session),
    debrief: (id) => answer('debrief', () => views.debrief(find(id))),
    history: (query) => answer('history', () => historyOf(mine(), query, clock(), (product) => views.product(product).summary.name)),
    progress: () => answer('progress', () => progressOf(mine(), clock())),
    voice: () => answer('voice', () => voiceView(wanted, memory.key, memory.settings.voice, asked)),
    askService: () =>
      answer('askService', () => {
        asked = true;
        return voiceView(wanted, memory.key, memory.settings.voice, asked);
      }),
    saveKey: (key) =>
      answer('saveKey', () => {
        if (key.trim().length < 8) throw refusal('invalid_input', 'A key of this service is longer. Nothing was saved.');
        memory.key = keyOf(key.trim(), wanted);
        return voiceView(wanted, memory.key, memory.settings.voice, asked);
      }),
    removeKey: () =>
      answer('removeKey', () => {
        memory.key = { kind: 'missing' };
        return voiceView(wanted, memory.key, memory.settings.voice, asked);
      }),
    testKey: () =>
      answer('testKey', () => {
        asked = true;
        return testOf(memory.key, voiceView(wanted, memory.key, memory.settings.voice, asked));
      }),
    soundDevices: () => answer('soundDevices', () => devices),
    listen: (_input, on) =>
      answer('listen', () => {
        stopListening();
        stopListening = listening(on, wanted.has('quiet'));
      }),
    stopListening: () => answer('stopListening', () => stopListening()),
    openCall: (id, _offer, on) =>
      answer('openCall', () => {
        called(id, on);
        return { sdp: null };
      }),
    callMessage: () => answer('callMessage', () => undefined),
    callLink: () => answer('callLink', () => undefined),
    control: (_id, control) => answer('control', () => call?.control(control)),
    keepRecording: () => answer('keepRecording', () => undefined),
    recording: (id, track, begins) =>
      answer('recording', () => {
        const { turns, session, voice } = find(id);
        if (!voice?.recording) throw refusal('not_found');
        const said = turns.filter(({ speaker }) => speaker === track).map(({ startedMs, endedMs }) => [startedMs ?? 0, endedMs ?? 0] as const);
        return wav(Math.max(0, session.activeMs - begins) / 1000, (second) =>
          said.some(([from, to]) => second * 1000 + begins >= from && second * 1000 + begins < to),
        );
      }),
    deleteRecording: (id) =>
      answer('deleteRecording', () => {
        const stored = find(id);
        if (stored.voice) stored.voice = { ...stored.voice, recording: null };
        return views.debrief(stored);
      }),
    exportSession: (id) => answer('exportSession', () => ({ path: `${exports}/sellme-${find(id).session.id}.json`, sessions: 1 })),
    exportAll: () => answer('exportAll', () => ({ path: `${exports}/sellme-dana-whitfield-2026-11-24.json`, sessions: mine().length })),
    // `?traces`: the last traces have to wait for the next start.
    deleteEverything: (confirmation) => answer('deleteEverything', () => ({ sessions: forgotten(confirmation), tracesLeft: wanted.has('traces') })),
    log: (message) => answer('log', () => void message),
  };
}
