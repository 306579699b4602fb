import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config-file.js';
import { resolveTarget } from '../../src/config/resolve-target.js';
import { folderOf } from '../suite/suite-folder.js';

async function configOf(limits: string) {
  const text = `targets: { a: { url: 'http://localhost', limits: ${limits} } }`;
  return loadConfig({ cwd: await folderOf({ 'wafproof.config.yaml': text }) });
}

test('limits.maxFailures says when a target is given up; the flag wins', async () => {
  const config = await configOf('{ maxFailures: 0 }');
  expect(resolveTarget(config, {}).maxFailures).toBe(0);
  expect(resolveTarget(config, { maxFailures: 7 }).maxFailures).toBe(7);
  expect(resolveTarget(await configOf('{}'), {})).not.toHaveProperty('maxFailures');
});

test.each(['-1', '1.5', 'few'])('limits.maxFailures: %s is a problem', async (value) => {
  await expect(configOf(`{ maxFailures: ${value} }`)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
