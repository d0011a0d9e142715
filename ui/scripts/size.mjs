// `npm run size`: what the pages weigh, gzipped, without fonts. Fails over the budget. Prints one JSON line for `cargo xtask bench`.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 300;
const FONT = /\.(woff2?|ttf|otf)$/;
const folder = new URL('../dist/', import.meta.url).pathname;

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !FONT.test(entry.name))
  .map((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return { name: entry.name, gzip: gzipSync(bytes, { level: 9 }).length };
  })
  .sort((a, b) => b.gzip - a.gzip);
if (files.length === 0) throw new Error('dist is empty: `npm run build` comes first');

const kilobytes = files.reduce((sum, file) => sum + file.gzip, 0) / 1000;
for (const { name, gzip } of files.slice(0, 5)) console.error(`${(gzip / 1000).toFixed(1).padStart(7)} KB  ${name}`);
console.log(JSON.stringify({ name: 'bundle-kb', value: kilobytes, budget: BUDGET_KB }));
if (kilobytes > BUDGET_KB) {
  console.error(`The pages weigh ${kilobytes.toFixed(1)} KB, ${BUDGET_KB} KB are allowed.`);
  process.exitCode = 1;
}
