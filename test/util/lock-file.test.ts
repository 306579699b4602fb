import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, onTestFinished, test } from 'vitest';
import { type LockAttempt, takeLock } from '../../src/util/lock-file.js';
import { packageRoot } from '../../src/util/package-root.js';
import { ownIdentity } from '../../src/util/process-identity.js';
import { folderOf } from '../suite/suite-folder.js';

async function lockPath(): Promise<string> {
  return join(await folderOf({ 'a.txt': '' }), '.lock');
}

function held(attempt: LockAttempt): () => Promise<void> {
  if (attempt.kind !== 'held') throw new Error(`taken by ${attempt.by?.what}`);
  return attempt.release;
}

/** The lock of a process that is not this one. */
function lockOf(other: Partial<ReturnType<typeof ownIdentity>>): string {
  return JSON.stringify({ ...ownIdentity(), what: 'test', since: '2026-01-01T00:00:00Z', ...other });
}

async function makeOld(path: string): Promise<void> {
  const then = new Date(Date.now() - 3_600_000);
  await utimes(path, then, then);
}

test('a lock is held by one, and by the next when that lets go', async () => {
  const path = await lockPath();
  const release = held(await takeLock(path, 'one'));
  expect(await takeLock(path, 'two')).toMatchObject({ kind: 'taken', by: { what: 'one', pid: process.pid } });
  await release();
  expect(existsSync(path)).toBe(false);
  await held(await takeLock(path, 'two'))();
});

test.each<[string, Parameters<typeof lockOf>[0]]>([
  ['that has ended', { pid: 2 ** 30 }],
  ['whose number another process has now', { began: '1' }],
  ['of before the machine was started', { boot: 'another' }],
])('the lock of a process %s is put aside', async (_, other) => {
  const path = await lockPath();
  await writeFile(path, lockOf(other));
  const release = held(await takeLock(path, 'two'));
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ what: 'two' });
  await release();
});

test.each<[string, string]>([
  ['on another machine', lockOf({ host: 'another' })],
  ['in another container', lockOf({ space: 'pid:[1]' })],
  ['that has just begun to write it', ''],
])('the lock of a process %s holds as long as it is kept up', async (_, text) => {
  const path = await lockPath();
  await writeFile(path, text);
  expect(await takeLock(path, 'two')).toMatchObject({ kind: 'taken' });
  await makeOld(path);
  await held(await takeLock(path, 'two'))();
});

test.each([
  ['a folder', (path: string) => mkdir(path)],
  ['a link to nowhere', (path: string) => symlink('/nonexistent', path)],
  ['a pipe', async (path: string) => void execFileSync('sh', ['-c', `mkfifo '${path}'`])],
])('%s in its place is no lock of a dead process', async (_, make) => {
  const path = await lockPath();
  await make(path);
  expect(await takeLock(path, 'two')).toEqual({ kind: 'taken' });
});

test('who let go late leaves the lock of the next alone', async () => {
  const path = await lockPath();
  const release = held(await takeLock(path, 'one'));
  await writeFile(path, lockOf({}));
  await release();
  expect(existsSync(path)).toBe(true);
});

test('of many processes that find the lock of a dead one, one gets it at a time', async () => {
  const folder = await folderOf({ '.lock': lockOf({ pid: 2 ** 30 }), 'log.txt': '' });
  await bundled('util/lock-file.ts', join(folder, 'lock-file.js'));
  const script = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { takeLock } from ${JSON.stringify(join(folder, 'lock-file.js'))};
    for (;;) {
      const attempt = await takeLock('.lock', 'race');
      if (attempt.kind === 'taken') { await delay(2); continue; }
      appendFileSync('log.txt', 'in\\n');
      await delay(5);
      appendFileSync('log.txt', 'out\\n');
      if (process.argv[1] === 'dies') process.kill(process.pid, 'SIGKILL');
      await attempt.release();
      break;
    }`;
  const children = Array.from({ length: 8 }, (_, i) => {
    const words = ['--input-type=module', '--eval', script, i % 2 === 0 ? 'dies' : 'ends'];
    return spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  });
  onTestFinished(() => children.forEach((child) => void child.kill('SIGKILL')));
  await Promise.all(children.map((child) => once(child, 'exit')));
  expect(await readFile(join(folder, 'log.txt'), 'utf8')).toBe('in\nout\n'.repeat(8));
});

/** A file of the program with what it imports, for processes of their own. */
async function bundled(source: string, file: string): Promise<void> {
  const bundle = await rolldown({ input: join(packageRoot, 'src', source), platform: 'node', external: /^node:/ });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
}
