// The company's hub as a process, with a person in it who has signed in.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './program.mjs';

const means = { what: 'the hub', build: 'cargo build -p sellme-hub' };
const EMAIL = 'dana@example.com';
const PASSWORD = 'saddle boots canyon';

/** Starts it, in front of this service, whose key it alone has, or of none. */
export async function startHub({ service, key, role = 'trainee' }) {
  const data = mkdtempSync(join(tmpdir(), 'sellme-hub-'));
  const env = { PATH: process.env.PATH, ...(service && { OPENAI_API_KEY: key, SELLME_HUB_REALTIME_URL: service }) };
  const anywhere = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0', '--data-dir', data, '--sign-in-rate', '600'];
  const hub = await startProgram('SELLME_HUB', means, ['serve', ...anywhere], { env });
  const person = ['--organisation', 'Pecos River Traders', '--email', EMAIL, '--name', 'Dana Reed', '--role', role];
  const made = spawnSync(process.env.SELLME_HUB, ['admin', 'create', ...person, '--data-dir', data], { env, input: PASSWORD });
  if (made.status !== 0) throw new Error(`nobody could be added: ${made.stderr}`);
  const signedIn = await fetch(`${hub.url}/api/sign-in`, { method: 'POST', body: JSON.stringify({ email: EMAIL, password: PASSWORD }) });
  const { token } = await signedIn.json();
  return {
    address: hub.url,
    token,
    /** What this person asks for, as they would by hand. */
    async get(path) {
      const answer = await fetch(`${hub.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return answer.json();
    },
    /** What this person has the administration do. */
    async administer(path, body) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${hub.adminUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.json();
    },
    /** How often something was answered with this status. */
    async answered(route, status) {
      const figures = await (await fetch(`${hub.adminUrl}/metrics`)).text();
      const line = figures.split('\n').find((one) => one.includes(`route="${route}",status="${status}"`));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
    async close() {
      const code = await hub.stop();
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}
