import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { guarded, startServerProcess } from '../../src/lab/server-process.js';

/** Says its process id in a file and then does nothing for a minute. */
const idle = (folder: string) => ['/bin/sh', '-c', `echo $$ >"${join(folder, 'pid')}"; exec sleep 60`];

test('a server ends when it is told to, and its folder goes', async () => {
  const folder = newFolder();
  const server = startServerProcess(idle(folder), folder);
  await until(() => existsSync(join(folder, 'pid')));
  expect(server.hasEnded()).toBe(false);
  await server.stop();
  expect(server.hasEnded()).toBe(true);
  expect(existsSync(folder)).toBe(false);
});

test('a server that ends by itself is noticed, with its last words', async () => {
  const folder = newFolder();
  const server = startServerProcess(['/bin/sh', '-c', 'echo no good >&2; exit 3'], folder);
  await server.ended;
  expect(server.output()).toBe('no good\n');
  expect(existsSync(folder)).toBe(false);
});

test('a program that is not there', async () => {
  const server = startServerProcess(['/no/such/program'], newFolder());
  await server.ended;
  expect(server.output()).toContain('/no/such/program');
});

test('a server that does not listen to reason is killed', { timeout: 30_000 }, async () => {
  const folder = newFolder();
  const server = startServerProcess(['/bin/sh', '-c', 'trap "" TERM; while :; do sleep 1; done'], folder);
  await delay(200);
  await server.stop();
  expect(existsSync(folder)).toBe(false);
});

test('a parent that is killed takes the server and its folder along', async () => {
  const folder = newFolder();
  const code = `require('node:child_process').spawn(process.argv[1], process.argv.slice(2), {
    detached: true, stdio: ['pipe', 'ignore', 'ignore'] })`;
  const parent = spawn(process.execPath, ['-e', code, ...guarded(idle(folder), folder)], { stdio: 'ignore' });
  await until(() => existsSync(join(folder, 'pid')));
  parent.kill('SIGKILL');
  await until(() => !existsSync(folder));
});

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'wafproof-guard-test-'));
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await delay(20);
  expect(holds()).toBe(true);
}
