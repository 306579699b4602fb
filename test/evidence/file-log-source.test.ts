import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogSource } from '../../src/contract/log-source.js';
import { createFileLogSource, type FileLogOptions } from '../../src/evidence/file-log-source.js';
import { auditLine, auditLineReader } from './audit-line.js';

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

async function idsIn(source: LogSource) {
  const ids: (string | undefined)[] = [];
  for await (const { correlationId } of source.records()) ids.push(correlationId);
  return ids;
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
  await expect(missing).rejects.toMatchObject({ code: 'LOG_MISSING', message: expect.stringContaining('ENOENT') });
  await expect(open(join(path, '..'))).rejects.toMatchObject({ code: 'LOG_MISSING' });
});

test('a file may be absent at first', async () => {
  const path = await logFile();
  const source = await open(`${path}.later`, { mayBeAbsent: true });
  expect(await idsIn(source)).toEqual([]);
  await writeFile(`${path}.later`, auditLine('a', 200));
  expect(await idsIn(source)).toEqual(['a']);
});
