import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownIdentity } from '../../src/util/process-identity.js';
import { sweepLeftovers } from '../../src/util/temporary-folder.js';
import { folderOf } from '../suite/suite-folder.js';

const dead = JSON.stringify({ ...ownIdentity(), pid: 2 ** 30 });

async function sweptAway(name: string, owner: string | undefined): Promise<boolean> {
  const parent = await folderOf({ [`${name}/secret.log`]: 'secret' });
  if (owner !== undefined) await writeFile(join(parent, name, '.owner'), owner);
  await sweepLeftovers(parent);
  return !existsSync(join(parent, name));
}

test('what a dead process has left is removed', async () => {
  expect(await sweptAway('wafproof-engine-x', dead)).toBe(true);
});

test.each<[string, string, string | undefined]>([
  ['of this process', 'wafproof-a', JSON.stringify(ownIdentity())],
  ['of another machine', 'wafproof-a', JSON.stringify({ ...ownIdentity(), host: 'another' })],
  ['of another program', 'other-a', dead],
  ['that does not say whose it is', 'wafproof-a', undefined],
  ['that says nothing sensible', 'wafproof-a', '{"pid":"x"'],
])('a folder %s stays', async (_, name, owner) => {
  expect(await sweptAway(name, owner)).toBe(false);
});

test('links are not followed, and stay', async () => {
  const parent = await folderOf({ 'precious/.owner': dead, 'precious/a.txt': 'a', 'owner.txt': dead });
  await symlink(join(parent, 'precious'), join(parent, 'wafproof-link'));
  await mkdir(join(parent, 'wafproof-linked'));
  await symlink(join(parent, 'owner.txt'), join(parent, 'wafproof-linked', '.owner'));
  await sweepLeftovers(parent);
  expect(['precious/a.txt', 'wafproof-link', 'wafproof-linked'].map((name) => existsSync(join(parent, name)))).toEqual([
    true,
    true,
    true,
  ]);
});
