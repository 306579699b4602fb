import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LineAppender } from '../../src/util/line-appender.js';
import { folderOf } from '../suite/suite-folder.js';

test('lines stand in the order in which they were given, and are there when they are said to be', async () => {
  const path = join(await folderOf({ 'a.txt': 'first\n' }), 'a.txt');
  const appender = new LineAppender(await open(path, 'a'));
  const lines = Array.from({ length: 500 }, (_, i) => `line ${i}`);
  const early = lines.slice(0, 250).map((line) => appender.append(line));
  await early[0];
  expect((await readFile(path, 'utf8')).startsWith('first\nline 0\n')).toBe(true);
  await Promise.all(lines.slice(250).map((line) => appender.append(line)));
  await appender.close();
  expect(await readFile(path, 'utf8')).toBe(`${['first', ...lines].join('\n')}\n`);
});

test('after a failed write all others fail', async () => {
  const path = join(await folderOf({ 'a.txt': '' }), 'a.txt');
  const appender = new LineAppender(await open(path, 'r'));
  await expect(appender.append('a')).rejects.toMatchObject({ code: 'EBADF' });
  await expect(appender.append('b')).rejects.toMatchObject({ code: 'EBADF' });
  await appender.close();
});
