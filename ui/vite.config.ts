import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The fake backend is compiled in only on request, so that the shipped bundle has no trace of it.
const fake = process.env['VITE_BACKEND'] === 'fake';

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

let first: Set<string> | undefined;

/** True of a module that the page needs before it shows anything: it is asked for by the page itself, directly or through others. */
function isFirst(id: string, modules: Modules): boolean {
  if (!first) {
    first = new Set([fileURLToPath(new URL('index.html', import.meta.url))]);
    // Grows while it is gone through.
    for (const known of first) for (const imported of modules.getModuleInfo(known)?.importedIds ?? []) first.add(imported);
  }
  return first.has(id);
}

export default defineConfig({
  base: './',
  clearScreen: false,
  plugins: [svelte()],
  define: { __FAKE_BACKEND__: JSON.stringify(fake) },
  server: { port: 1420, strictPort: true },
  build: {
    target: 'es2022',
    // Nothing becomes a data: URL: the policy allows fonts from files alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What the first screen needs is one file: every file is a request to the host while nothing can be seen yet.
        codeSplitting: { groups: [{ debugName: 'first', name: (id, modules) => (isFirst(id, modules) ? 'first' : null) }] },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
