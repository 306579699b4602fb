import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LineAppender } from '../../src/util/line-appender.js';
import { folderOf } from '../suite/suite-folder.js';

test('lines stand in the order in which they were given, and are there at once', async () => {
  const path = join(await folderOf({ 'a.txt': 'first\n' }), 'a.txt');
  const appender = new LineAppender(openSync(path, 'a'));
  appender.append('second');
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
  appender.append('third');
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\nthird\n');
  appender.close();
});

test('after a failed write all others fail', () => {
  const full = new LineAppender(openSync('/dev/full', 'a'));
  expect(() => full.append('a')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  expect(() => full.append('b')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  full.close();
});
