import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createPastLogSource } from '../../src/evidence/past-log-source.js';
import { auditLine, auditLineReader, idsIn, indexLine } from './audit-line.js';

/** A source that reads such a file; none is there without content. */
async function past(name: string, content?: string | Uint8Array) {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-past-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  if (content !== undefined) await writeFile(path, content);
  return { path, source: createPastLogSource(path, auditLineReader) };
}

const lines = `${auditLine('a', 200)}junk\n${auditLine('b', 403).trimEnd()}`;

test.each([
  ['audit.log.1', lines],
  ['audit.log.2.gz', gzipSync(lines)],
])('%s is read once, to the end of its last line', async (name, content) => {
  const { source } = await past(name, content);
  expect(await idsIn(source)).toEqual(['a', 'b']);
  expect(await idsIn(source)).toEqual([]);
});

test.each(['audit.log.1', 'audit.log.2.gz'])('%s is LOG_MISSING where it is not there', async (name) => {
  const { path, source } = await past(name);
  await expect(idsIn(source)).rejects.toMatchObject({
    problems: [
      {
        code: 'LOG_MISSING',
        message: expect.stringContaining('there is no such file or folder'),
        place: { file: path },
      },
    ],
    cause: { code: 'ENOENT' },
  });
});

test('a file that is named like a packed one and is none is LOG_MISSING', async () => {
  const { source } = await past('audit.log.gz', 'not packed');
  await expect(idsIn(source)).rejects.toMatchObject({ code: 'LOG_MISSING' });
});

test('a packed file that was cut is LOG_MISSING', async () => {
  const packed = gzipSync(auditLine('a', 200).repeat(2000));
  const { source } = await past('audit.log.gz', packed.subarray(0, packed.length - 8));
  await expect(idsIn(source)).rejects.toMatchObject({ code: 'LOG_MISSING' });
});

test('entries in files of their own are not looked for: they are of another time', async () => {
  const { source } = await past('audit.log.1', `${indexLine('/1')}${auditLine('a', 200)}`);
  expect(await idsIn(source)).toEqual(['a']);
});

test('nothing is read when it is closed', async () => {
  const { source } = await past('audit.log.1', lines);
  await source.close();
  expect(await idsIn(source)).toEqual([]);
});
