import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import tests from '../vitest.config.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`)
  .filter((file) => readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"));

const properties = mergeConfig(
  tests,
  defineConfig({
    resolve: { alias: [{ find: /^fast-check$/, replacement: join(root, 'test/properties/many-runs.ts') }] },
    test: { testTimeout: 3_600_000 },
  }),
);

/** The tests with properties, with other examples each time and many more of them: an hour for what takes a minute. */
export default { ...properties, test: { ...properties.test, include: files, setupFiles: [] } };
