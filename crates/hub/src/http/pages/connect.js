// What pages share at which somebody comes in and is given a token for the program.

export const part = (id) => document.getElementById(id);

/** What shows that somebody is signed in, until a token for the program is made. Kept nowhere else. */
let token = null;

/** What the hub refused, and the field that is not right where it is one. */
export class Refused extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/** Asks the hub, at wherever this page is. Refused with its own words, or with these where no answer came. */
export async function ask(path, body, unheard) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  let answer;
  try {
    response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true });
    answer = response.status === 204 ? {} : await response.json();
  } catch {
    throw new Refused(unheard);
  }
  if (response.ok) return answer;
  const { details: [wrong] = [], message } = answer ?? {};
  // What is not right with a field is said at the field, where nobody needs its name.
  if (wrong && input(wrong.field)) throw new Refused(sentence(wrong.problem), wrong.field);
  throw new Refused(message ?? 'The server could not do that. Try again.');
}

const input = (field) => part('form').elements.namedItem(field);
const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

/** Ends what signs in this page. What did not end is ended once more when the page is left. */
async function leave() {
  if (!token) return;
  try {
    await ask('api/sign-out', {});
    token = null;
  } catch {
    // It is still good, and asked for once more.
  }
}

/** Does it once, however often it is pressed meanwhile; says what went wrong, and leads to the field. */
export async function once(button, problem, act) {
  // Not disabled, which would take the focus away.
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  problem.textContent = '';
  for (const field of part('form').elements) field.removeAttribute('aria-invalid');
  try {
    await act();
  } catch (error) {
    problem.textContent = error.message;
    const wrong = error.field && input(error.field);
    if (wrong) {
      wrong.setAttribute('aria-invalid', 'true');
      wrong.focus();
    }
  }
  button.ariaDisabled = 'false';
}

async function make() {
  const unheard = 'The server does not answer. A token may have been made that nobody saw: try again, and another one is made.';
  const made = await ask('api/tokens', { name: 'SellMe PRT' }, unheard);
  part('token').value = made.secret;
  part('token').hidden = false;
  part('make').hidden = true;
  part('token').focus();
  offerCopy('token');
  leave();
}

/** A button that copies a field, where browsers let a page do that: with https, and on the same machine. */
function offerCopy(field) {
  const button = document.querySelector(`[data-field=${field}]`);
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(part(field).value);
      part('copied').textContent = `The ${field} is copied.`;
    } catch {
      part('copied').textContent = `The ${field} is selected: copy it with the keyboard.`;
      part(field).focus();
    }
  });
}

/** Shows somebody who is in how the program is connected. */
export function enter({ token: shown, user }) {
  token = shown;
  part('name').textContent = user.name;
  part('email').textContent = user.email;
  part('address').value = new URL('.', location.href).href.replace(/\/$/, '');
  part('password').value = '';
  part('choose').hidden = true;
  part('done').hidden = false;
  offerCopy('address');
  part('next').focus();
}

/** Selects a field, of which the start stays to be seen. */
function selectFromStart({ target }) {
  target.setSelectionRange(0, target.value.length, 'backward');
  target.scrollLeft = 0;
}

part('choose').hidden = false;
part('show').addEventListener('change', (event) => {
  part('password').type = event.target.checked ? 'text' : 'password';
});
part('make').addEventListener('click', () => once(part('make'), part('trouble'), make));
for (const field of ['address', 'token']) part(field).addEventListener('focus', selectFromStart);
addEventListener('pagehide', leave);
// Whoever comes back to a page that was left finds it as it was before, and signed out.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
