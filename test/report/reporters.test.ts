import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { reporters } from '../../src/report/reporters.js';
import { sampleReport } from './sample-report.js';

function isLoaded(name: string): boolean {
  return Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes(`/node_modules/${name}/`));
}

test('reporters carry their names, and Handlebars is loaded only for html', async () => {
  for (const name of ['terminal', 'json']) {
    const reporter = await reporters.get(name)?.();
    expect(reporter?.name).toBe(name);
    await reporter?.render(sampleReport());
  }
  expect(isLoaded('handlebars')).toBe(false);
  expect((await reporters.get('html')?.())?.name).toBe('html');
  expect(isLoaded('handlebars')).toBe(true);
});
