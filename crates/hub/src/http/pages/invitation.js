// The code of the invitation stands after the # of the address, which no server is sent. It is sent from here alone, with the new password.

import { ask, enter, once, part, Refused } from './connect.js';

async function accept() {
  const code = location.hash.slice(1) || part('code').value.trim();
  if (!code) throw new Refused('The code is missing.', 'code');
  const unheard = 'The server does not answer. The password may be set all the same: try again, and where that is refused, sign in.';
  const accepted = await ask('api/invitations/accept', { code, password: part('password').value, name: 'invitation' }, unheard);
  // It is used up, and nobody needs to find it in the browser's history.
  history.replaceState(null, '', location.pathname);
  enter(accepted);
}

part('typed').hidden = location.hash.length > 1;
part('form').addEventListener('submit', (event) => {
  event.preventDefault();
  once(part('set'), part('problem'), accept);
});
