import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WafproofError } from '../../src/model/error.js';
import { writeReport } from '../../src/report/report-writer.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wafproof-writer-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('files are written, with the folders that they need', async () => {
  const out = join(folder, 'reports', 'out');
  const files = [
    { name: 'report.json', content: '{}' },
    { name: 'modsecurity/before.conf', content: '# é' },
  ];
  expect(await writeReport({ files }, out)).toEqual([join(out, 'report.json'), join(out, 'modsecurity/before.conf')]);
  expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe('{}');
  expect(readFileSync(join(out, 'modsecurity', 'before.conf'), 'utf8')).toBe('# é');
});

test('a file that is there is replaced, and nothing else is left behind', async () => {
  writeFileSync(join(folder, 'report.json'), 'old');
  await writeReport({ files: [{ name: 'report.json', content: 'new' }] }, folder);
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['report.json']);
});

test('what a killed process has left is removed, and files of others are not', async () => {
  const left = `report.json.${randomUUID()}.tmp`;
  const others = ['report.json.tmp', `notes.txt.${randomUUID()}.tmp`];
  for (const name of [left, ...others]) writeFileSync(join(folder, name), 'old');
  await writeReport({ files: [{ name: 'report.json', content: 'new' }] }, folder);
  expect(readdirSync(folder).sort()).toEqual([...others, 'report.json'].sort());
});

test('a file that comes in chunks is written as they come', async () => {
  async function* content() {
    yield 'é';
    yield Buffer.from([0xe2, 0x82]);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^report\.html\..*\.tmp$/)]);
    yield Buffer.from([0xac]);
  }
  await writeReport({ files: [{ name: 'report.html', content: content() }] }, folder);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe('é€');
});

test('an error among the chunks is told as it is, and leaves what was there', async () => {
  writeFileSync(join(folder, 'report.html'), 'old');
  function* content() {
    yield 'new';
    throw new Error('of the renderer');
  }
  await expect(writeReport({ files: [{ name: 'report.html', content: content() }] }, folder)).rejects.toThrow(
    'of the renderer',
  );
  expect(readdirSync(folder)).toEqual(['report.html']);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe('old');
});

test('a folder that cannot be written is told with its code and place', async () => {
  writeFileSync(join(folder, 'file'), '');
  const out = join(folder, 'file', 'out');
  const written = writeReport({ files: [{ name: 'report.json', content: '' }] }, out);
  await expect(written).rejects.toThrow(WafproofError);
  await expect(written).rejects.toThrow(`OUTPUT_UNWRITABLE ${out} cannot write here (a part of the path is a file)`);
});

test('when one file cannot be written, the others stay as they were', async () => {
  writeFileSync(join(folder, 'report.json'), 'old');
  writeFileSync(join(folder, 'taken'), '');
  const files = [
    { name: 'report.json', content: 'new' },
    { name: 'taken/report.html', content: '' },
  ];
  await expect(writeReport({ files }, folder)).rejects.toThrow('OUTPUT_UNWRITABLE');
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('old');
  expect(readdirSync(folder).sort()).toEqual(['report.json', 'taken']);
});
