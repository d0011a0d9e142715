import { expect, test } from 'vitest';
import { Refusal } from '../lib/backend/backend';
import { logged } from './logged';

const name = 'Dana Whitfield';
const said = 'It sheds rain, and you can re-wax it about once a year';
const words = [...name.split(' '), ...said.split(' ').filter((word) => word.length > 5)];

/** An error whose stack begins with its message, as Chromium writes it, or has places alone, as WebKit does. */
function thrown(error: Error, stack: string): Error {
  error.stack = stack;
  return error;
}

const places = '    at Turns.hear (http://tauri.localhost/assets/index-B1.js:12:345)\n    at async open (tauri://localhost/assets/talk-C2.js:1:9)';

test('nothing that was said and nobody’s name gets into the log, whatever quotes it', () => {
  const quoting = [
    new Error(said),
    new Error(`turn 3 does not say “${said}”`),
    new Error(`${name} is not there\n    at ${name} (${said}:1:2)`),
    new SyntaxError(`Unexpected token 'I', "${said}" is not valid JSON`),
    new TypeError(`'${said}' is not a function`),
    new TypeError(`Invalid value: "${name}`),
    new RangeError(`Incorrect locale information provided: '${name}'s'`),
    new TypeError(`cannot read\n${said}`),
    new DOMException(`'#${name}' is not a valid selector`, 'SyntaxError'),
    new Refusal({ code: 'invalid_input', message: `“${name}” already practices on this device.` }),
    Object.assign(new Error('x'), { name: `${name}: ${said}` }),
  ].flatMap((error) => [
    error,
    thrown(error, `${error.name}: ${error.message}\n${places}`),
    thrown(error, `hear@http://localhost/#/history?text=${name}:1:2\n${said}`),
  ]);
  for (const error of [...quoting, said, { message: said }, [name], null, undefined]) {
    const text = logged(error);
    expect(text).not.toBe('');
    for (const word of words) expect(text).not.toContain(word);
  }
});

test('what kind of error it is and where it happened is kept', () => {
  expect(logged(thrown(new TypeError("Cannot read properties of undefined (reading 'turns')"), `TypeError: …\n${places}`))).toBe(
    `TypeError: Cannot read properties of undefined\n${places}`,
  );
  const webkit = 'hear@tauri://localhost/assets/index-B1.js:12:345\n@tauri://localhost/assets/index-B1.js:1:2';
  expect(logged(thrown(new TypeError('undefined is not an object'), webkit))).toBe(`TypeError: undefined is not an object\n${webkit}`);
  expect(logged(new Refusal({ code: 'disk_full', message: '' }))).toMatch(/^Refusal: disk_full/);
  expect(logged(thrown(new Error('https://svelte.dev/e/each_key_duplicate'), ''))).toBe('Error: https://svelte.dev/e/each_key_duplicate');
  expect(logged('gone')).toBe('thrown: string');
});
