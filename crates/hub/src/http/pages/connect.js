// What pages share at which somebody comes in and is given a token for the program.

export const part = (id) => document.getElementById(id);

/** What shows that somebody is signed in, until a token for the program is made. Kept nowhere else. */
let token = null;

/** Asks the hub, at wherever this page is. Refused with its own words. */
export async function ask(path, body) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true });
  } catch {
    throw new Error('The server does not answer. It may have done it all the same: try again, and where that is refused, sign in with the new password.');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  // What is not right with a field is said beside it, where nobody needs its name.
  const [wrong] = answer.details ?? [];
  throw new Error(wrong ? sentence(wrong.problem) : (answer.message ?? 'The server could not do that. Try again.'));
}

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

/** Ends what signs in this page. */
function leave() {
  if (!token) return;
  ask('api/sign-out', {}).catch(() => undefined);
  token = null;
}

/** Does it once, however often it is pressed meanwhile; says what went wrong. */
export async function once(button, problem, act) {
  button.disabled = true;
  problem.textContent = '';
  try {
    await act();
  } catch (error) {
    problem.textContent = error.message;
  }
  button.disabled = false;
}

async function make() {
  const made = await ask('api/tokens', { name: 'SellMe PRT' });
  leave();
  part('token').value = made.secret;
  part('token').hidden = false;
  part('make').hidden = true;
  part('token').focus();
  offerCopy('token');
}

/** A button that copies a field, where browsers let a page do that: with https, and on the same machine. */
function offerCopy(field) {
  const button = document.querySelector(`[data-field=${field}]`);
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(part(field).value);
      button.removeAttribute('aria-label');
      button.textContent = 'Copied';
    } catch {
      // It is selected: the keyboard copies it.
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
  part('choose').hidden = true;
  part('done').hidden = false;
  offerCopy('address');
  part('next').focus();
}

part('choose').hidden = false;
part('show').addEventListener('change', (event) => {
  part('password').type = event.target.checked ? 'text' : 'password';
});
part('make').addEventListener('click', () => once(part('make'), part('trouble'), make));
for (const field of ['address', 'token']) part(field).addEventListener('focus', (event) => event.target.select());
addEventListener('pagehide', leave);
