import { appendFile, mkdtemp, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FollowedFile, type FollowOptions, followFile } from '../../src/util/follow-file.js';
import { VirtualClock } from './virtual-clock.js';

let folder: string;
let path: string;
let file: FollowedFile | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wafproof-follow-'));
  path = join(folder, 'audit.log');
});

afterEach(async () => {
  file?.close();
  file = undefined;
  await rm(folder, { recursive: true });
});

async function follow(options: FollowOptions) {
  file = followFile(path, options);
  return file;
}

/** What was added, one text for each stream. */
async function growthOf(followed: FollowedFile): Promise<readonly string[]> {
  const streams = new Map<object, string>();
  for await (const { stream, bytes } of followed.growth()) {
    streams.set(stream, (streams.get(stream) ?? '') + bytes.toString());
  }
  return [...streams.values()];
}

test.each([
  ['end', ['new']],
  ['start', ['oldnew']],
  [1, ['ldnew']],
] as const)('begins at %s', async (from, expected) => {
  await writeFile(path, 'old');
  const followed = await follow({ from });
  await appendFile(path, 'new');
  expect(await growthOf(followed)).toEqual(expected);
  expect(await growthOf(followed)).toEqual([]);
});

test('reads more than one chunk in order', async () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `line ${n}\n`).join('');
  await writeFile(path, lines);
  expect((await growthOf(await follow({ from: 'start' }))).join('')).toBe(lines);
});

test('a truncated file is read again from its start, as another stream', async () => {
  await writeFile(path, 'before, a long text');
  const followed = await follow({ from: 'start' });
  expect(await growthOf(followed)).toEqual(['before, a long text']);
  await truncate(path);
  expect(await growthOf(followed)).toEqual([]);
  await appendFile(path, 'after');
  expect(await growthOf(followed)).toEqual(['after']);
  await writeFile(path, 'aft');
  expect(await growthOf(followed)).toEqual(['aft']);
});

test('a rotated file is finished, read on, and the new one read from its start', async () => {
  await writeFile(path, '');
  const followed = await follow({ from: 'end' });
  await appendFile(path, 'a1 ');
  await rename(path, `${path}.1`);
  await appendFile(`${path}.1`, 'a2 ');
  expect(await growthOf(followed)).toEqual(['a1 a2 ']);
  await writeFile(path, 'b1 ');
  await appendFile(`${path}.1`, 'a3 ');
  expect(await growthOf(followed)).toEqual(['a3 ', 'b1 ']);
  await appendFile(path, 'b2 ');
  await appendFile(`${path}.1`, 'a4 ');
  expect(await growthOf(followed)).toEqual(['a4 ', 'b2 ']);
});

test('a file rotated again and again loses nothing while it is read in between', async () => {
  await writeFile(path, '');
  const followed = await follow({ from: 'end' });
  const read: string[] = [];
  for (let turn = 0; turn < 10; turn++) {
    await appendFile(path, `${turn} `);
    await rename(path, `${path}.${turn}`);
    await writeFile(path, `${turn}! `);
    read.push(...(await growthOf(followed)));
  }
  expect(read.join('')).toBe(Array.from({ length: 10 }, (_, turn) => `${turn} ${turn}! `).join(''));
});

test('a rotated file is let go when it has been quiet for long', async () => {
  const clock = new VirtualClock();
  await writeFile(path, '');
  const followed = await follow({ from: 'end', clock });
  await rename(path, `${path}.1`);
  await writeFile(path, 'new');
  expect(await growthOf(followed)).toEqual(['new']);
  clock.time += 60_000;
  expect(await growthOf(followed)).toEqual([]);
  await appendFile(`${path}.1`, 'far too late');
  expect(await growthOf(followed)).toEqual([]);
});

test('a deleted file is waited for', async () => {
  await writeFile(path, 'one ');
  const followed = await follow({ from: 'start' });
  await unlink(path);
  expect(await growthOf(followed)).toEqual(['one ']);
  await writeFile(path, 'two ');
  expect(await growthOf(followed)).toEqual(['two ']);
});

test('a file that does not exist is an error, or is waited for', async () => {
  await expect(follow({ from: 'end' })).rejects.toMatchObject({ code: 'ENOENT' });
  const followed = await follow({ from: 'end', mayBeAbsent: true });
  expect(await growthOf(followed)).toEqual([]);
  await writeFile(path, 'first');
  expect(await growthOf(followed)).toEqual(['first']);
});

test('a folder is refused', async () => {
  path = folder;
  await expect(follow({ from: 'end' })).rejects.toThrow('not a regular file');
});

test('closing ends a reading under way, and every later one', async () => {
  await writeFile(path, Buffer.alloc(3_000_000, 'x'));
  const followed = await follow({ from: 'start' });
  let pieces = 0;
  for await (const _ of followed.growth()) if (++pieces === 2) followed.close();
  expect(pieces).toBe(2);
  expect(await growthOf(followed)).toEqual([]);
});

test('a reading ends though others write as fast as it reads', async () => {
  await writeFile(path, 'x');
  const followed = await follow({ from: 'start' });
  let pieces = 0;
  for await (const _ of followed.growth()) {
    if (++pieces < 50) await appendFile(path, 'x');
  }
  expect(pieces).toBe(1);
  expect(await growthOf(followed)).toEqual(['x']);
});

test('closing at any moment of a reading is not an error', async () => {
  await writeFile(path, 'x');
  for (let turns = 0; turns < 12; turns++) {
    const followed = followFile(path, { from: 'start' });
    const reading = growthOf(followed);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    followed.close();
    await reading;
  }
});
