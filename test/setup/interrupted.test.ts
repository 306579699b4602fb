import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FinishedTree, ready } from './finished-tree.js';
import type { Tree } from './tree.js';

const compiles = 'setup: compiling src to dist (tsc, rolldown) …\n';

const done = FinishedTree.forFile();

test('of two at once, one works and the other waits', async () => {
  const tree = await treeToCompile();
  await tree.writeSettings('dom');
  const one = tree.start();
  await one.says(compiles);
  const other = tree.start();
  await other.says(`setup: waiting for process ${one.process.pid}, which sets up this tree`);
  const outcomes = [await one.outcome, await other.outcome];
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(outcomes[1]?.stderr).not.toContain('compiling');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it and what it started, and leaves nothing behind', async (signal, exitCode) => {
  const tree = await treeToCompile();
  const before = await readdir(tree.folder);
  const running = tree.start();
  await running.says(compiles);
  running.process.kill(signal);
  expect(await running.outcome).toEqual({ exitCode, stdout: '', stderr: `${compiles}setup: interrupted\n` });
  expect(await readdir(tree.folder)).toEqual(before);
  expect((await tree.setUp()).stderr).toBe(compiles);
});

test('one that was killed holds up nobody', async () => {
  const tree = await treeToCompile();
  const running = tree.start();
  await running.says(compiles);
  running.process.kill('SIGKILL');
  await running.outcome;
  expect(await tree.setUp()).toMatchObject({ exitCode: 0, stderr: compiles });
  expect(await tree.setUp()).toEqual(ready);
  expect((await readdir(tree.folder)).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

async function treeToCompile(): Promise<Tree> {
  const tree = await done.own();
  await tree.write('src/cli/main.ts', 'export const answer: number = 43;\n');
  return tree;
}
