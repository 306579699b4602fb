import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCommandLogSource } from '../../src/evidence/command-log-source.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import { auditLine, auditLineReader, idsIn } from './audit-line.js';

function open(command: string, startMs = 5000) {
  return createCommandLogSource({ command, createReader: auditLineReader, startMs });
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-command-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a command that ends at once is LOG_MISSING, with its name, its end and its last words', () => {
  test.each([
    ['exit 3', 'the command "exit 3" ended with code 3)'],
    ['kill -KILL $$', 'the command "kill -KILL $$" was ended by SIGKILL)'],
    ['echo one >&2; echo two >&2; exit 1', 'ended with code 1: two)'],
  ])('%s', async (command, reason) => {
    await expect(open(command)).rejects.toMatchObject({
      code: 'LOG_MISSING',
      message: expect.stringContaining(reason),
    });
  });
});

test('a command that ends later is the reason why records are missing', async () => {
  const command = `printf '%s' '${auditLine('w7-fix-1', 200).trim()}'; echo; sleep 0.2; echo gone >&2; exit 3`;
  const source = await open(command);
  const joiner = createJoiner({ source, waitMs: 500 });
  onTestFinished(() => joiner.close());
  expect(await joiner.expect('w7-fix-1').arrival()).toMatchObject({ kind: 'found' });
  expect(await joiner.expect('w7-fix-2').arrival()).toMatchObject({
    kind: 'missing',
    reason: expect.stringMatching(/ended with code 3: gone$/),
  });
});

test('what a command printed before it ended is not lost', async () => {
  const source = await open(`echo ready; sleep 0.1; echo '${auditLine('a', 200).trim()}'`);
  const ids: unknown[] = [];
  const readUntilEnd = async () => {
    for (;;) {
      for await (const { correlationId } of source.records()) ids.push(correlationId);
      await delay(20);
    }
  };
  await expect(readUntilEnd()).rejects.toThrow(/ended with code 0|closed its output/);
  expect(ids).toEqual(['a']);
});

test('a command that ended by itself is not waited for when it is closed', async () => {
  const began = Date.now();
  await expect(open('exit 1')).rejects.toThrow();
  expect(Date.now() - began).toBeLessThan(1500);
});

test('a machine without a shell is LOG_MISSING', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(open('tail -F audit.log')).rejects.toMatchObject({
    code: 'LOG_MISSING',
    message: expect.stringContaining('the command "tail -F audit.log" could not be started: there is no such program'),
  });
});

test('a command that closes its output has no more records', async () => {
  const source = await open('exec >&-; sleep 60', 300);
  onTestFinished(() => source.close());
  await expect(idsIn(source)).rejects.toThrow('the command "exec >&-; sleep 60" closed its output');
});

test('a command that prints something at once is not waited for any longer', async () => {
  const began = Date.now();
  const source = await open('echo junk; sleep 60', 30_000);
  expect(Date.now() - began).toBeLessThan(10_000);
  await source.close();
});

test('close ends a command with all that it started', async () => {
  const folder = await newFolder();
  const alive = join(folder, 'alive');
  const command = `while :; do date > '${alive}'; sleep 0.05; done | cat`;
  const source = await open(command, 200);
  await source.close();
  await rm(alive, { force: true });
  await delay(300);
  expect(await readdir(folder)).toEqual([]);
});

test('a command is given time to end', async () => {
  const folder = await newFolder();
  const last = join(folder, 'last words');
  const source = await open(`trap "sleep 0.2; : > '${last}'; exit" TERM; while :; do sleep 0.02; done`, 100);
  await source.close();
  expect(await readdir(folder)).toEqual(['last words']);
});

test('a command that does not want to end is ended', async () => {
  const folder = await newFolder();
  const alive = join(folder, 'alive');
  const source = await open(`trap '' TERM; while :; do : > '${alive}'; sleep 0.02; done`, 100);
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual(['alive']), { timeout: 10_000 });
  await source.close();
  await rm(alive);
  await delay(100);
  expect(await readdir(folder)).toEqual([]);
});

test('a command that ends when it is told to is not waited for', async () => {
  const source = await open('sleep 60', 50);
  const began = Date.now();
  await source.close();
  expect(Date.now() - began).toBeLessThan(1500);
});
