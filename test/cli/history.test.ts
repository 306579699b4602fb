import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { check, wafproof } from './command-line.js';

test('each run is appended, and the report tells what is new and gone', async () => {
  const first = await check(['s.yaml', '--history', 'history.db', '-o', './1']);
  expect([first.code, first.stdout]).toEqual([0, expect.not.stringContaining('History')]);
  const { folder } = first;
  const again = (words: readonly string[]) =>
    wafproof(['check', 's.yaml', '--crs', './crs', '--history', 'history.db', ...words], { folder });
  const suite = await readFile(join(folder, 's.yaml'), 'utf8');
  await writeFile(join(folder, 's.yaml'), `${suite}  - { id: refused, form: { q: evil } }\n`);
  const second = await again(['-o', './2', '-r', 'terminal,json,markdown']);
  expect(second.code).toBe(1);
  expect(second.stdout).toMatch(
    /History\n {2}2 runs since \d{4}-\d\d-\d\d\n {2}New since \w+day, [\d-]+: rule 1000 blocks ARGS:q/,
  );
  expect(await readFile(join(folder, '2/report.md'), 'utf8')).toContain('### History');
  const report: RunReport = JSON.parse(await readFile(join(folder, '2/report.json'), 'utf8'));
  expect(report.history).toMatchObject({
    file: 'history.db',
    runs: [{ unexpected: 0 }, { unexpected: 1 }],
    findings: [{ kind: 'new', seen: 1 }],
  });
  await writeFile(join(folder, 's.yaml'), suite);
  expect((await again(['-o', './3'])).stdout).toMatch(/ {2}Flaky, in 1 of 3 runs: rule 1000 blocks ARGS:q/);
});

test('a part of the cases is a series of its own, and a run that was interrupted is not appended', async () => {
  const { folder } = await check(['s.yaml', '--history', 'history.db', '-o', './1']);
  const words = ['check', 's.yaml', '--crs', './crs', '--history', 'history.db', '-o', './2'];
  const runsOf = async () => JSON.parse(await readFile(join(folder, '2/report.json'), 'utf8')).history?.runs.length;
  await wafproof([...words, '--grep', 'plain'], { folder });
  expect(await runsOf()).toBe(1);
  await wafproof(words, { folder, signal: AbortSignal.abort() });
  await wafproof(words, { folder });
  expect(await runsOf()).toBe(2);
});

test.each(['s.yaml', 'gone/history.db', 'crs'])(
  '%s is refused as a history before anything is evaluated',
  async (name) => {
    const { code, stderr, folder } = await check(['s.yaml', '--history', name], {});
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^HISTORY_UNUSABLE \S* cannot be used as a history: /)]);
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  },
);

test('a history that breaks when the run is appended is named at the end, and the report is there', async () => {
  const { folder } = await check(['s.yaml', '--history', 'history.db', '-o', './1']);
  const bytes = await readFile(join(folder, 'history.db'));
  // The first page has the schema, and all others are gone.
  await writeFile(join(folder, 'history.db'), bytes.fill(0x55, 4096));
  const words = [
    'check',
    's.yaml',
    '--crs',
    './crs',
    '--history',
    'history.db',
    '-o',
    './2',
    '-r',
    'json,csv,terminal',
  ];
  const { code, stdout, stderr } = await wafproof(words, { folder });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/\nHISTORY_UNUSABLE \S*history\.db cannot be used as a history: /),
  ]);
  expect(stdout).toContain('wrote ');
  const report: RunReport = JSON.parse(await readFile(join(folder, '2/report.json'), 'utf8'));
  expect([report.results.length, report.history]).toEqual([2, undefined]);
});
