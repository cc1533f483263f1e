import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { sprite } from './build/sprite.ts';

export default defineConfig({
  plugins: [svelte(), svelteTesting(), sprite()],
  // The words lie beside the shell's, above this folder.
  server: { fs: { allow: ['..'] } },
  build: {
    // The web views that have light-dark(); a lower target makes the bundler rewrite it into something that themes cannot override.
    target: ['safari18', 'chrome130'],
    // The content security policy lets nothing come from data: URIs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
