import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests of the rooms whose code is mutated, without those that start servers or read large logs: each is run hundreds of times. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/{compare,evidence,exclude,minimize,prove,request,triage}/**/*.test.ts'],
    exclude: ['test/evidence/join-over-http.test.ts', 'test/evidence/log-sources.test.ts'],
    setupFiles: ['test/mutation/same-each-time.ts'],
  },
});
