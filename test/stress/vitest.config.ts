import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Thousands of requests at real servers that are broken on purpose: apart from the tests, as the benches are. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/stress/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts', 'test/stress/table.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
