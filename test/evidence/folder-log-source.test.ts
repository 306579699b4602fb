import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFolderLogSource } from '../../src/evidence/folder-log-source.js';
import { auditLine, auditLineReader, idsIn } from './audit-line.js';

/** A folder of entries, of which these are there already; each has the id that is its path. */
async function folderWith(...names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-folder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const write = async (name: string, content = auditLine(name, 200)) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  for (const name of names) await write(name);
  return { folder, write, append: (name: string, content: string) => appendFile(join(folder, name), content) };
}

async function open(path: string, from?: 'end' | 'start') {
  const source = await createFolderLogSource({
    path,
    createReader: auditLineReader,
    ...(from !== undefined && { from }),
  });
  onTestFinished(() => source.close());
  return source;
}

/** The ids of the records that a source has now, whatever order the folder has. */
async function newIn(source: Awaited<ReturnType<typeof open>>) {
  return (await idsIn(source)).toSorted();
}

const minute = (day: string, time: string, name: string) => `${day}/${day}-${time}/${name}`;
const old = minute('20261120', '0800', '1');

describe('a folder of entries', () => {
  test.each([undefined, 'end'] as const)('is read from now on (%s)', async (from) => {
    const { folder, write } = await folderWith(old);
    const source = await open(folder, from);
    expect(await newIn(source)).toEqual([]);
    await write(minute('20261120', '0800', '2'));
    expect(await newIn(source)).toEqual([minute('20261120', '0800', '2')]);
    expect(await newIn(source)).toEqual([]);
  });

  test('is read from its start, however many days and minutes there are', async () => {
    const days = ['20261118', '20261119', '20261120', '20261121'];
    const names = days.flatMap((day) => ['0801', '0802', '0803', '0804'].map((time) => minute(day, time, '1')));
    const { folder } = await folderWith(...names);
    const source = await open(folder, 'start');
    expect(await newIn(source)).toEqual(names);
    expect(await newIn(source)).toEqual([]);
  });

  test('may not be there yet', async () => {
    const { folder, write } = await folderWith();
    const source = await open(join(folder, 'later'));
    expect(await newIn(source)).toEqual([]);
    await write('later/20261120/1');
    expect(await newIn(source)).toEqual(['later/20261120/1']);
  });

  test('has its entries in folders, and no more than four of them deep', async () => {
    const { folder, write } = await folderWith();
    const source = await open(folder);
    await write('index.log');
    await write('host/20261120/20261120-0800/client/1');
    await write('host/20261120/20261120-0800/client/deeper/1');
    expect(await newIn(source)).toEqual(['host/20261120/20261120-0800/client/1']);
  });

  test('is not read any more when it is closed', async () => {
    const { folder, write } = await folderWith();
    const source = await open(folder);
    await write(old);
    await source.close();
    expect(await newIn(source)).toEqual([]);
  });
});

describe('while a run lasts', () => {
  test('the latest two days are looked into, and the latest three minutes of each', async () => {
    const days = ['20261121', '20261118', '20261120', '20261119'];
    const times = ['0804', '0801', '0803', '0802'];
    const { folder, write } = await folderWith();
    const source = await open(folder);
    for (const name of ['new', 'newer']) {
      for (const day of days) for (const time of times) await write(minute(day, time, name));
      const latest = ['20261120', '20261121'].flatMap((day) =>
        ['0802', '0803', '0804'].map((time) => minute(day, time, name)),
      );
      expect(await newIn(source)).toEqual(latest);
    }
  });

  test.each([
    ['days', ['x20261118', '202611190', '2026112', 'staging']],
    ['minutes', ['x20261118-0801', '20261118-08019', '2026111-0801', '20261118-080', 'client']],
  ])('folders that are no %s are looked into, all of them', async (_, names) => {
    const { folder, write } = await folderWith();
    const source = await open(folder);
    const entries = names.map((name) => `${name}/1`);
    for (const name of [...entries, '20261120/1', '20261121/1']) await write(name);
    for (const time of ['0801', '0802', '0803']) await write(`20261120-${time}/1`);
    expect(await newIn(source)).toEqual(expect.arrayContaining(entries));
  });
});

describe('an entry that is being written', () => {
  test('is read again until it is whole, and once', async () => {
    const { folder, write, append } = await folderWith();
    const source = await open(folder);
    const line = auditLine('a', 200);
    await write(old, line.slice(0, 9));
    expect(await newIn(source)).toEqual([]);
    await append(old, line.slice(9));
    expect(await newIn(source)).toEqual(['a']);
    await append(old, auditLine('b', 200));
    expect(await newIn(source)).toEqual([]);
  });

  test('is waited for as long as it is empty', async () => {
    const { folder, write, append } = await folderWith();
    const source = await open(folder);
    await write(old, '');
    for (let reading = 0; reading < 3; reading++) expect(await newIn(source)).toEqual([]);
    await append(old, auditLine('a', 200));
    expect(await newIn(source)).toEqual(['a']);
  });

  test('is given up when it stops growing and tells nothing', async () => {
    const { folder, write, append } = await folderWith();
    const source = await open(folder);
    await write(old, 'of another program\n');
    for (let reading = 0; reading < 2; reading++) expect(await newIn(source)).toEqual([]);
    await append(old, auditLine('a', 200));
    expect(await newIn(source)).toEqual([]);
  });
});
