import { access, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FinishedTree, ready } from './finished-tree.js';

const compiles = 'setup: compiling src to dist (tsc, rolldown) …\n';
const prepare = { args: ['--for', 'prepare'] };

const done = FinishedTree.forFile();

test('npm calls it after each install in the tree', async () => {
  const tree = await done.own();
  await tree.delete('dist');
  const { exitCode, stderr } = await tree.npm(['ci', '--foreground-scripts']);
  expect([exitCode, stderr]).toEqual([0, compiles]);
  await access(tree.path('dist/cli/main.js'));
});

test('an npm that only pretends, as for a list of what it would pack, gets a real build', async () => {
  const tree = await done.own();
  await tree.delete('node_modules');
  await tree.delete('dist');
  const { exitCode, stdout } = await tree.npm(['pack', '--dry-run', '--json']);
  expect(exitCode).toBe(0);
  const [{ files }] = JSON.parse(stdout);
  expect(files.map(({ path }: { path: string }) => path)).toContain('dist/cli/main.js');
});

test('it needs neither engine nor rules, and does not look at the variables that name them', async () => {
  const tree = await done.own();
  await tree.delete('system/usr');
  expect(await tree.setUp({ ...prepare, env: { WAFPROOF_CRS: '/no/such' } })).toEqual(ready);
});

test('packages that are not those of the lock file stay: who called npm may want them so', async () => {
  const tree = await done.own();
  await tree.delete('node_modules/.package-lock.json');
  expect(await tree.setUp(prepare)).toEqual(ready);
  expect(await readdir(tree.path('node_modules'))).toEqual(['rolldown', 'typescript']);
});

test('without a compiler there is nothing to do, and it says so', async () => {
  const tree = await done.own();
  await tree.delete('node_modules/typescript');
  await tree.delete('dist');
  expect(await tree.setUp(prepare)).toEqual({
    ...ready,
    stderr: 'setup: without TypeScript and rolldown dist stays as it is\n',
  });
});
