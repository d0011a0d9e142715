// The program itself as a process, with its pages for a browser: the commands of the window over HTTP, on a data folder of its own.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../program.mjs';

const means = {
  what: 'the program',
  build: 'cargo build -p sellme --features sellme/custom-protocol,sellme/browser',
};

/** Starts it with this service in OpenAI's place, at home in a folder of its own: no keyring, no settings, no data of whoever runs this. */
export async function startHost(realtimeUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'sellme-host-'));
  const places = { HOME: 'home', XDG_CONFIG_HOME: 'config', XDG_DATA_HOME: 'share', XDG_CACHE_HOME: 'cache', XDG_RUNTIME_DIR: 'run' };
  const env = { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', SELLME_REALTIME_URL: realtimeUrl };
  for (const [name, place] of Object.entries(places)) {
    env[name] = join(folder, place);
    mkdirSync(env[name], { mode: 0o700 });
  }
  const data = join(folder, 'data');
  const host = await startProgram('SELLME_PROGRAM', means, ['pages', '--data-dir', data], { env });
  return {
    ...host,
    data,
    async stop() {
      const code = await host.stop();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
