import { readdir } from 'node:fs/promises';
import module from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepCompiledCode } from '../../src/cli/compile-cache.js';
import { start } from '../e2e/command.js';
import { folderOf } from '../suite/suite-folder.js';

const canKeep = 'enableCompileCache' in module;

test('a start leaves compiled code in the cache folder of the user, and nothing before Node 22', async () => {
  const caches = await folderOf({});
  const { code } = await start(['check', '--help'], { env: { ...process.env, XDG_CACHE_HOME: caches } }).ended;
  expect(code).toBe(0);
  expect(await readdir(caches)).toEqual(canKeep ? ['wafproof'] : []);
  if (canKeep) expect(await readdir(join(caches, 'wafproof/compiled'))).not.toEqual([]);
});

test.each([{}, { HOME: '' }, { HOME: 'relative', XDG_CACHE_HOME: 'relative' }])(
  'with no folder of the user, as in %j, nothing is kept',
  async (env) => {
    const { ended } = start(['check', '--help'], {
      cwd: await folderOf({}),
      env: { ...env, PATH: process.env['PATH'] },
    });
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(() => keepCompiledCode(env)).not.toThrow();
  },
);
