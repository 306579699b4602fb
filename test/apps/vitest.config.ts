import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Whole applications with databases of their own, in a real browser: apart from the tests, as the benches are. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/apps/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
