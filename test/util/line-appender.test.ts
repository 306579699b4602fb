import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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

test('lines that need not be there at once are there when the others have had their turn', async () => {
  const path = join(await folderOf({ 'a.txt': '' }), 'a.txt');
  const read = () => readFileSync(path, 'utf8');
  const appender = new LineAppender(openSync(path, 'a'));
  appender.appendSoon('first');
  appender.appendSoon('second');
  expect(read()).toBe('');
  await setImmediate();
  expect(read()).toBe('first\nsecond\n');
  appender.appendSoon('third');
  appender.append('fourth');
  expect(read()).toBe('first\nsecond\nthird\nfourth\n');
  for (const line of ['fifth', 'sixth']) {
    appender.appendSoon(line);
    if (line === 'fifth') appender.flush();
    else appender.close();
  }
  expect(read()).toMatch(/fifth\nsixth\n$/);
});

test('many lines do not wait', async () => {
  const path = join(await folderOf({ 'a.txt': '' }), 'a.txt');
  const appender = new LineAppender(openSync(path, 'a'));
  for (let index = 0; index < 100; index++) appender.appendSoon('x'.repeat(1000));
  expect(readFileSync(path).length).toBeGreaterThan(50_000);
  appender.close();
});

test('a failed write that came later is told with the next one', async () => {
  const full = new LineAppender(openSync('/dev/full', 'a'));
  full.appendSoon('a');
  await setImmediate();
  expect(() => full.appendSoon('b')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  expect(() => full.flush()).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  full.close();
});

test('after a failed write all others fail', () => {
  const full = new LineAppender(openSync('/dev/full', 'a'));
  expect(() => full.append('a')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  expect(() => full.append('b')).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  full.close();
});
