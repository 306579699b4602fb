import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Sequencer } from './sequencer.js';
import { ToldRetries } from './told-retries.js';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/stress/**', 'test/apps/**'],
    globalSetup: ['test/temporary-folder.ts'],
    setupFiles: ['test/properties/fixed-seed.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Browsers and servers on a busy machine: a second try, which is told of at the end.
    retry: process.env.CI === 'true' ? 1 : 0,
    reporters: ['default', new ToldRetries()],
    pool: 'forks',
    // A process for each worker and not for each file, so that modules are loaded once.
    isolate: false,
    // Many tests wait for servers and timers: one more than there are cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: Sequencer },
  },
});
