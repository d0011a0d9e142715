// Programs of ours that a spec starts and talks with: each prints one line of JSON with its address once it is ready.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Starts the program that this variable names. `means` says what to do where it does not. */
export async function startProgram(variable, means, args, options = {}) {
  const program = process.env[variable];
  if (!program || !existsSync(program)) {
    throw new Error(`${variable} does not name ${means.what}. \`cargo xtask test browser\` builds it and names it; by hand: \`${means.build}\`.`);
  }
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  const ended = new Promise((done) => child.once('exit', (code) => done(code)));
  const first = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = await Promise.race([first.next(), ended.then((code) => Promise.reject(new Error(`${means.what} ended with ${code}`)))]);
  return {
    ...JSON.parse(line.value),
    /** Stops it as Ctrl-C does, or as this signal. Gives back what it ended with. */
    stop(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}
