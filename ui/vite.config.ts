import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The fake backend is compiled in only on request, so that the shipped bundle has no trace of it.
const fake = process.env['VITE_BACKEND'] === 'fake';

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
    // What the first screen needs is one file: each request through the window's own scheme costs more than the bytes that it brings.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
