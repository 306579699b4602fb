import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import { createFileLogSource, type FileLogOptions } from '../../src/evidence/file-log-source.js';
import { auditLine, auditLineReader, idsIn, indexLine } from './audit-line.js';

async function logFile(content = '') {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'audit.log');
  await writeFile(path, content);
  return path;
}

async function open(path: string, options: Partial<FileLogOptions<LogRecord>> = {}) {
  const source = await createFileLogSource({ path, createReader: auditLineReader, ...options });
  onTestFinished(() => source.close());
  return source;
}

test('reads what is written from now on, whole lines only', async () => {
  const path = await logFile(auditLine('old', 200));
  const source = await open(path);
  const line = auditLine('ü', 200);
  await appendFile(path, `junk\n\n${auditLine('a', 200)}${line.slice(0, 8)}`);
  expect(await idsIn(source)).toEqual(['a']);
  await appendFile(path, line.slice(8));
  expect(await idsIn(source)).toEqual(['ü']);
});

test('reads from the start', async () => {
  const source = await open(await logFile(auditLine('old', 200)), { from: 'start' });
  expect(await idsIn(source)).toEqual(['old']);
});

test('an unfinished line does not run into the next file', async () => {
  const path = await logFile();
  const source = await open(path);
  const cut = auditLine('cut', 200);
  await appendFile(path, cut.slice(0, 10));
  expect(await idsIn(source)).toEqual([]);
  await rename(path, `${path}.1`);
  await writeFile(path, auditLine('new', 200));
  expect(await idsIn(source)).toEqual(['new']);
  await appendFile(`${path}.1`, cut.slice(10));
  await appendFile(path, auditLine('new 2', 200).slice(0, 5));
  expect(await idsIn(source)).toEqual(['cut']);
  await truncate(path);
  await appendFile(path, auditLine('a', 200).slice(0, 2));
  expect(await idsIn(source)).toEqual([]);
  await appendFile(path, auditLine('a', 200).slice(2));
  expect(await idsIn(source)).toEqual(['a']);
});

test('a file that cannot be read is LOG_MISSING', async () => {
  const path = await logFile();
  const missing = open(`${path}.none`);
  await expect(missing).rejects.toMatchObject({
    problems: [
      {
        code: 'LOG_MISSING',
        message: expect.stringContaining('there is no such file or folder'),
        place: { file: `${path}.none` },
      },
    ],
    cause: { code: 'ENOENT' },
  });
  await expect(open(join(path, '..'))).rejects.toMatchObject({ code: 'LOG_MISSING' });
});

test('a file may be absent at first', async () => {
  const path = await logFile();
  const source = await open(`${path}.later`, { mayBeAbsent: true });
  expect(await idsIn(source)).toEqual([]);
  await writeFile(`${path}.later`, auditLine('a', 200));
  expect(await idsIn(source)).toEqual(['a']);
});

describe('an entry in a file of its own', () => {
  /** A log that names entries, and what it has once they are written. */
  async function idsBy(index: (folder: string) => string, entries: Readonly<Record<string, string>>) {
    const path = await logFile();
    const folder = dirname(path);
    for (const [name, content] of Object.entries(entries)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const source = await open(path);
    await appendFile(path, index(folder));
    return idsIn(source);
  }

  test.each<[string, (folder: string) => string]>([
    ['by its whole path', (folder) => join(folder, 'storage/20261123/1')],
    ['by its path beside the log', () => 'storage/20261123/1'],
    ['by its path in a folder that is not named', () => '20261123/1'],
    ['by such a path with a slash before it', () => '/20261123/1'],
  ])('is found %s', async (_, path) => {
    expect(await idsBy((folder) => indexLine(path(folder)), { 'storage/20261123/1': auditLine('a', 200) })).toEqual([
      'a',
    ]);
  });

  test('is read whole, however long its request is', async () => {
    const long = auditLine('a', 200, { pad: 'x'.repeat(500_000) });
    expect(await idsBy(() => indexLine('/1'), { 'storage/1': long })).toEqual(['a']);
  });

  test('is found after another one of the same folder', async () => {
    const entries = { 'other/x': '', 'storage/1': auditLine('a', 200), 'storage/2': auditLine('b', 403) };
    expect(await idsBy(() => `${indexLine('/1')}${indexLine('/2')}`, entries)).toEqual(['a', 'b']);
  });

  test('is passed over where it is nowhere, and the rest of the log is read', async () => {
    expect(await idsBy(() => `${indexLine('/gone')}${auditLine('a', 200)}`, {})).toEqual(['a']);
  });

  test('names no entry itself', async () => {
    const entries = { 'storage/1': `${indexLine('/2')}${auditLine('a', 200)}`, 'storage/2': auditLine('b', 200) };
    expect(await idsBy(() => indexLine('/1'), entries)).toEqual(['a']);
  });

  test('is not read where it is larger than a request can be', async () => {
    const path = await logFile();
    const entry = join(dirname(path), 'large');
    await writeFile(entry, auditLine('a', 200));
    await truncate(entry, 64 * 1024 * 1024 + 1);
    const source = await open(path);
    await appendFile(path, indexLine(entry));
    expect(await idsIn(source)).toEqual([]);
  });

  test('is not read where it is no file: a pipe would never end', async () => {
    const path = await logFile();
    const pipe = join(dirname(path), 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const source = await open(path);
    await appendFile(path, indexLine(pipe));
    expect(await idsIn(source)).toEqual([]);
  });
});
