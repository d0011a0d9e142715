// Somebody signs in for as long as it takes to make a token for the program.

import { ask, enter, once, part } from './connect.js';

async function signIn() {
  const organisation = part('organisation').value.trim();
  const said = { email: part('who').value.trim(), password: part('password').value, name: 'token' };
  enter(await ask('api/sign-in', organisation ? { ...said, organisation } : said, 'The server does not answer. Try again in a moment.'));
}

part('form').addEventListener('submit', (event) => {
  event.preventDefault();
  once(part('sign-in'), part('problem'), signIn);
});
