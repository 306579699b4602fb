import { access, readdir, readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Outcome, Tree } from './tree.js';

const installs = 'setup: installing npm dependencies (npm ci) …';
const compiles = 'setup: compiling src to dist (tsc, rolldown) …';
const ready = { exitCode: 0, stdout: '', stderr: '' };
const noProcessesNoWrites = ['--no-warnings', permissionFlag(), '--allow-fs-read=*'];

let first: Outcome;
let done: Tree;

beforeAll(async () => {
  done = await Tree.make();
  first = await done.setUp();
});

afterAll(() => done.remove());

test('the first run installs and builds, and talks on standard error only', () => {
  expect(first).toMatchObject({ exitCode: 0, stdout: '' });
  expect(said(first)).toEqual([installs, compiles]);
});

test('the command can be executed', async () => {
  expect((await stat(done.path('dist/cli/main.js'))).mode & 0o111).toBe(0o111);
});

test('when all is there, no process is started and nothing is written', async () => {
  expect(await done.setUp({ nodeArgs: noProcessesNoWrites })).toEqual(ready);
});

test('the permission that the test above takes away is one that set-up needs', async () => {
  const tree = await ownTree();
  await tree.write('src/more.ts', 'export const more = 1;\n');
  const outcome = await tree.setUp({ nodeArgs: [...noProcessesNoWrites, '--allow-fs-write=*'] });
  expect(outcome.stderr).toContain('Access to this API has been restricted');
});

test('a changed source is compiled again', async () => {
  const tree = await ownTree();
  await tree.write('src/cli/main.ts', 'export const answer: number = 43;\n');
  expect(said(await tree.setUp())).toEqual([compiles]);
  expect(await readFile(tree.path('dist/cli/main.js'), 'utf8')).toContain('43');
  expect(await tree.setUp()).toEqual(ready);
});

test('a touched source of the same content is not', async () => {
  const tree = await ownTree();
  await tree.write('src/cli/main.ts', await readFile(tree.path('src/cli/main.ts'), 'utf8'));
  expect(await tree.setUp()).toEqual(ready);
});

test('what a deleted source left in dist goes', async () => {
  const tree = await ownTree();
  await tree.write('src/more.ts', 'export const more = 1;\n');
  await tree.setUp();
  expect(await readdir(tree.path('dist'))).toContain('more.d.ts');
  await tree.delete('src/more.ts');
  expect(said(await tree.setUp())).toEqual([compiles]);
  expect(await readdir(tree.path('dist'))).not.toContain('more.d.ts');
});

test('a file that is gone from dist is compiled again', async () => {
  const tree = await ownTree();
  await tree.delete('dist/cli/main.js');
  expect(said(await tree.setUp())).toEqual([compiles]);
});

test('--rebuild builds in any case', async () => {
  expect(said(await (await ownTree()).setUp({ args: ['--rebuild'] }))).toEqual([compiles]);
});

test('a source that does not compile leaves the last build', async () => {
  const tree = await ownTree();
  await tree.write('src/cli/main.ts', 'export const answer: string = 42;\n');
  const outcome = await tree.setUp();
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("Type 'number' is not assignable to type 'string'");
  expect(said(outcome)).toEqual([compiles, 'setup: the sources do not compile, as tsc says above']);
  expect(await readFile(tree.path('dist/cli/main.js'), 'utf8')).toContain('42');
  expect(await tops(tree)).not.toContain('dist.next');
});

test('a dependency that is gone is installed again', async () => {
  const tree = await ownTree();
  await tree.delete('node_modules/typescript');
  expect(said(await tree.setUp())).toEqual([installs]);
  await access(tree.path('node_modules/typescript/package.json'));
});

test('a dependency that the lock file has in another version is installed again', async () => {
  const tree = await ownTree();
  const installed = await readFile(tree.path('node_modules/.package-lock.json'), 'utf8');
  await tree.write('node_modules/.package-lock.json', installed.replace(/"version": "5[^"]*"/, '"version": "4.0.0"'));
  expect(said(await tree.setUp())).toEqual([installs]);
});

test('an optional dependency may be for another platform', async () => {
  const tree = await ownTree();
  const lock = JSON.parse(await readFile(tree.path('package-lock.json'), 'utf8'));
  lock.packages['node_modules/elsewhere'] = { version: '1.0.0', optional: true };
  await tree.write('package-lock.json', JSON.stringify(lock));
  expect(await tree.setUp()).toEqual(ready);
});

async function ownTree(): Promise<Tree> {
  const tree = await done.copy();
  onTestFinished(() => tree.remove());
  return tree;
}

function said({ stderr }: Outcome): readonly string[] {
  return stderr.split('\n').filter((line) => line.startsWith('setup: '));
}

async function tops(tree: Tree): Promise<readonly string[]> {
  return readdir(tree.folder);
}

/** Node's permission model lost its "experimental" in 22.13. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
}
