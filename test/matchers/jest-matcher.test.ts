import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { nodePackages } from '../node/packages.js';
import { folderOf } from '../suite/suite-folder.js';

const tested = `import 'wafproof/jest';

test('passes', async () => {
  await expect(new Request('https://shop.example/a', { method: 'POST', body: new URLSearchParams({ q: 'hello' }) })).toPassWaf();
});

test('is refused', async () => {
  await expect({ path: '/a', form: { q: "1' or '1'='1" } }).toPassWaf({ paranoia: 1 });
});
`;

const typed = `import 'wafproof/jest';

export const checked: Promise<void> = expect({ path: '/a', form: { q: 1 } }).toPassWaf({ paranoia: 2 });
// @ts-expect-error There is no such option.
export const refused = expect({ path: '/a' }).toPassWaf({ paranoid: 2 });
`;

test('in Jest, the matcher checks requests, has types, and lets the process end', { timeout: 240_000 }, async () => {
  const packages = nodePackages(['jest@30.5.2', '@types/jest@30.0.0']);
  const folder = await folderOf({
    'package.json': JSON.stringify({ type: 'module', jest: { testEnvironment: 'node', transform: {} } }),
    'waf.test.js': tested,
    'typed.ts': typed,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'NodeNext', target: 'ES2023', strict: true, noEmit: true, types: ['jest', 'node'] },
      files: ['typed.ts'],
    }),
  });
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
  await symlink(packageRoot, join(folder, 'node_modules/wafproof'));
  await symlink(join(packages, 'node_modules/@types/jest'), join(folder, 'node_modules/@types/jest'));
  await symlink(join(packageRoot, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
  await symlink(join(packages, 'node_modules/expect'), join(folder, 'node_modules/expect'));
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', CI: 'true' };
  const jest = join(packages, 'node_modules/jest/bin/jest.js');
  const ran = spawnSync(process.execPath, [jest, '--colors=false'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  expect(ran.stderr).toContain('Tests:       1 failed, 1 passed, 2 total');
  expect(ran.stderr).toContain('expected POST /a to pass the WAF, and it is refused');
  expect(ran.stderr).toContain('ctl:ruleRemoveTargetById=942100;ARGS:q');
  expect(ran.stderr).not.toContain('did not exit');
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })).toMatchObject({
    stdout: '',
    status: 0,
  });
});
