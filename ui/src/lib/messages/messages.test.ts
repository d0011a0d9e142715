import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEYS } from '../../app/keys';
import { SCREENS } from '../../app/router.svelte';
import type {
  CallEnd,
  Code,
  Decision,
  Difficulty,
  Direction,
  HangUpForm,
  KeyForm,
  MeasureKind,
  Microphone,
  Mood,
  ObjectionCategory,
  OfferForm,
  Outcome,
  Persona,
  ProviderKind,
  Reason,
  Signal,
  Skill,
  StepKind,
  Theme,
  Verdict,
} from '../bindings';
import { openFake } from '../backend/fake';
import { format, makeBundle } from './bundle';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'messages/en');
const texts = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const { bundle, errors } = makeBundle(Object.values(texts));
const has = (id: string): boolean => bundle.getMessage(id)?.value !== undefined && bundle.getMessage(id)?.value !== null;

function sources(at: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$|bindings\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** The first argument of every call of `t` and `maybe`. */
function asked(source: string): string[] {
  return [...source.matchAll(/\b(?:t|maybe)\(/g)].map(({ index, 0: call }) => {
    let depth = 0;
    const from = index + call.length;
    for (let i = from; i < source.length; i += 1) {
      const char = source[i] ?? '';
      if ('([{'.includes(char)) depth += 1;
      if (depth === 0 && (char === ',' || char === ')')) return source.slice(from, i);
      if (')]}'.includes(char)) depth -= 1;
    }
    return '';
  });
}

const calls = sources(join(root, 'src')).flatMap(asked);
const literals = new Set(
  calls.flatMap((call) => [...call.replace(/`[^`]*`/g, '').matchAll(/(?<![=!]== )'([A-Za-z][\w-]*)'(?! ?[=!]==)/g)].map((match) => match[1] ?? '')),
);
const patterns = [...new Set(calls.flatMap((call) => [...call.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')))];

const known: Record<Code, true> = {
  invalid_input: true,
  not_found: true,
  wrong_state: true,
  catalog_invalid: true,
  read_only: true,
  disk_full: true,
  database_busy: true,
  folder_in_use: true,
  database_newer: true,
  database_foreign: true,
  database_damaged: true,
  no_microphone: true,
  no_speaker: true,
  sound_busy: true,
  microphone_refused: true,
  key_missing: true,
  key_refused: true,
  quota_used_up: true,
  model_unknown: true,
  service_unavailable: true,
  connection_blocked: true,
  session_expired: true,
  transcription_changed: true,
  transcription_failed: true,
  not_signed_in: true,
  sign_in_refused: true,
  sign_in_locked: true,
  forbidden: true,
  limit_reached: true,
  internal: true,
};
const codes = Object.keys(known) as Code[];

test('the message files have no error and no id twice', () => {
  expect(errors.map(String)).toEqual([]);
  for (const [name, text] of Object.entries(texts)) {
    // A line that is no message would be skipped in silence.
    expect(
      text.split('\n').filter((line) => /^[<>=]{7}/.test(line)),
      name,
    ).toEqual([]);
    for (const [, id] of text.matchAll(/^([A-Za-z][\w-]*) *=/gm)) expect(has(id ?? ''), `${name}: ${id}`).toBe(true);
  }
});

test('every id that a screen asks for has a text', () => {
  expect(literals.size).toBeGreaterThan(200);
  expect([...literals].filter((id) => !has(id))).toEqual([]);
});

test('every id that is put together has a text for each of its words', () => {
  const all = <T extends string>(words: Record<T, true>): T[] => Object.keys(words) as T[];
  const skills = all<Skill>({ productKnowledge: true, objectionHandling: true, closingTechnique: true, rapport: true });
  const decisions = all<Decision>({ buy: true, walk_away: true, undecided: true });
  const measures = all<MeasureKind>({
    talkShare: true,
    longestTurn: true,
    openQuestions: true,
    closedQuestions: true,
    questionSpread: true,
    pace: true,
    paceJump: true,
    pauseAfterObjection: true,
    interruptions: true,
    fillers: true,
  });
  const directions = all<Direction>({ improving: true, steady: true, declining: true, too_early: true });
  const families: [string, string[]][] = [
    ['persona-', all<Persona>({ skeptical: true, 'price-conscious': true, rushed: true, knowledgeable: true, friendly: true })],
    ['difficulty-', all<Difficulty>({ easy: true, medium: true, hard: true, expert: true })],
    ['outcome-', all<Outcome>({ sale: true, no_sale: true, undecided: true })],
    ['mood-', all<Mood>({ guarded: true, doubtful: true, attentive: true, interested: true, ready: true, impatient: true, done: true })],
    ['objection-', all<ObjectionCategory>({ price: true, quality: true, timing: true, competition: true, need: true, trust: true })],
    ['step-', all<StepKind>({ pause: true, clarify: true, acknowledge: true, answer: true, check: true })],
    [
      'reason-',
      all<Reason>({
        convinced: true,
        out_of_patience: true,
        lost_trust: true,
        doubt_left: true,
        too_expensive: true,
        never_asked: true,
        put_off: true,
        rep_left: true,
        out_of_time: true,
      }),
    ],
    ['debrief-verdict-', all<Verdict>({ supported: true, contradicted: true, unsupported: true })],
    ['debrief-signal-', all<Exclude<Signal['kind'], 'decide'>>({ raise_objection: true, reveal_need: true, trap: true })],
    ['debrief-decide-', decisions],
    ['talk-over-', decisions],
    ['settings-theme-', all<Theme>({ system: true, light: true, dark: true, contrast: true })],
    ['skill-', skills],
    ['briefing-earns-', skills],
    ['briefing-loses-', skills],
    ['progress-weak-', skills],
    ['progress-headline-', directions],
    ['measure-value-', measures],
    ['measure-', measures.map((kind) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))],
    ['title-', [...SCREENS]],
    ['error-', codes.flatMap((code) => [code, `${code}-next`])],
    ['speaker-', ['rep', 'customer']],
    ['call-speaking-', ['rep', 'customer']],
    ['briefing-how-', ['voice', 'typing']],
    ['call-line-', ['live', 'connecting', 'reconnecting', 'off']],
    [
      'call-end-',
      all<CallEnd>({
        hung_up: true,
        customer_done: true,
        connection_lost: true,
        refused: true,
        session_expired: true,
        time_cap: true,
        cost_cap: true,
        nobody_spoke: true,
        microphone_lost: true,
        slept: true,
      }),
    ],
    ['voice-provider-', all<ProviderKind>({ open_ai: true, compatible: true, hub: true })],
    ['voice-offer-', all<OfferForm>({ multipart: true, sdp: true, json: true, minted: true })],
    ['voice-key-form-', all<KeyForm>({ bearer: true, api_key: true, none: true })],
    ['voice-hang-up-', all<HangUpForm>({ post: true, delete: true, none: true })],
    ['voice-kind-', all<Microphone>({ headset: true, laptop: true })],
    ['badge-', ['dedicated', 'expert', 'consistent', 'straight-talker', 'doubt-settler'].flatMap((id) => [id, `${id}-rule`])],
  ];
  expect(families.flatMap(([prefix, words]) => words.map((word) => prefix + word)).filter((id) => !has(id))).toEqual([]);
  // And no pattern is left that fits nothing.
  const ids = Object.values(texts).flatMap((text) => [...text.matchAll(/^([A-Za-z][\w-]*) *=/gm)].map((match) => match[1] ?? ''));
  const idle = patterns.filter((pattern) => {
    const fits = new RegExp(`^${pattern.replace(/\$\{.*\}/g, '.+')}$`);
    return !ids.some((id) => fits.test(id));
  });
  expect(idle).toEqual([]);
});

test('every key of the list of keys has a text', () => {
  expect(KEYS.flatMap(({ where, keys }) => [where, ...keys.map(({ says }) => says)]).filter((id) => !has(id))).toEqual([]);
});

test('every message that the host sends has a text and all it needs', async () => {
  const backend = openFake('', null);
  const answers = await Promise.all([
    backend.debrief('sample-61'),
    backend.debrief('past-3'),
    backend.debrief('short-1'),
    backend.practice(),
    openFake('?empty', null).practice(),
    backend.hint('open-1'),
  ]);
  const messages = collect(answers);
  expect(messages.length).toBeGreaterThan(40);
  for (const { id, args } of messages) {
    const text = format(bundle, id, args);
    expect(text, id).toBeTruthy();
    expect(text, id).not.toMatch(/\{\s*\$/);
  }
});

test('digits choose between one and many', () => {
  const { bundle: one } = makeBundle(['n = { $n ->\n  [one] one try\n *[other] { $n } tries\n }\nsku = { $sku }']);
  expect([format(one, 'n', { n: '1' }), format(one, 'n', { n: '12' }), format(one, 'n', { n: 1 })]).toEqual(['one try', '12 tries', 'one try']);
  expect(format(one, 'sku', { sku: '0042' })).toBe('0042');
  expect(format(one, 'gone')).toBeNull();
});

test('every code of the host is known to the fake', () =>
  Promise.all(
    codes.map((code) => expect(openFake(`?fail=boot:${code}`, null).boot()).rejects.toMatchObject({ code, message: expect.stringMatching(/\w/) })),
  ));

test('no text is left that no screen asks for', () => {
  // The host asks for the texts of these itself.
  const hosts = ['cli.ftl', 'scoring.ftl', 'practice.ftl'];
  const source = sources(join(root, 'src')).join('\n');
  const named = new Set([...source.matchAll(/['"]([A-Za-z][\w-]*)['"]/g)].map((match) => match[1]));
  const shapes = patterns.map((pattern) => new RegExp(`^${pattern.replace(/\$\{[^}]*\}/g, '.+')}$`));
  const idle = Object.entries(texts)
    .filter(([name]) => !hosts.includes(name))
    .flatMap(([, text]) => [...text.matchAll(/^([A-Za-z][\w-]*) *=/gm)].map((match) => match[1] ?? ''))
    .filter((id) => !named.has(id) && !shapes.some((shape) => shape.test(id)));
  expect(idle).toEqual([]);
});

/** Every `{id, args}` in a value that is a message: its id is no other thing's. */
function collect(value: unknown): { id: string; args: Record<string, string> }[] {
  if (Array.isArray(value)) return value.flatMap(collect);
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value).sort().join();
  if (keys === 'id' || keys === 'args,id') {
    const { id, args } = value as { id: string; args?: Record<string, string> };
    return [{ id, args: args ?? {} }];
  }
  return Object.values(value).flatMap(collect);
}

test('a text of a file that is read later is found at its first asking, and one that is nowhere is said to be missing', async () => {
  const { maybe, t } = await import('.');
  expect(t('skill-rapport')).toBe(format(bundle, 'skill-rapport'));
  expect(t('nav-practice')).toBe(format(bundle, 'nav-practice'));
  expect(maybe('gone')).toBeNull();
  expect(t('gone')).toBe(format(bundle, 'text-missing'));
});

test('no text leans on a text of another file, which may not have been read', () => {
  for (const [name, text] of Object.entries(texts)) {
    const { bundle: alone } = makeBundle([text]);
    for (const [, id] of text.matchAll(/\{ *([a-z][\w-]*)(?:\.[\w-]+)? *\}/g)) expect(alone.hasMessage(id ?? ''), `${name}: ${id}`).toBe(true);
    expect(text, name).not.toMatch(/\{ *-[a-z]/);
  }
});
