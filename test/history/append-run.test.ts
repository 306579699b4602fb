import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sqlite from 'node-sqlite3-wasm';
import { expect, test } from 'vitest';
import { appendRun, type NewRun } from '../../src/history/append-run.js';
import { packageRoot } from '../../src/util/package-root.js';
import { sampleReport } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';

function run(day: number, ids: readonly string[], series = 's'): NewRun {
  return {
    series,
    startedAt: new Date(Date.UTC(2026, 10, day)).toISOString(),
    cases: 9,
    unexpected: ids.length,
    verdicts: { 'false-positive': ids.length, 'let-through': 9 - ids.length },
    findings: ids.map((id) => ({ id, what: `what ${id} is`, cases: ['one', 'two'] })),
  };
}

/** What SQLite itself says of the file, and how many runs are in it. */
function examine(path: string) {
  const database = new sqlite.Database(path);
  try {
    const { integrity_check: integrity } = database.get('PRAGMA integrity_check') ?? {};
    return { integrity, runs: Number(database.get('SELECT count(*) AS n FROM run')?.['n']) };
  } finally {
    database.close();
  }
}

test('runs are appended, each once, and tell how findings come and go', async () => {
  const file = join(await folderOf({}), 'history.db');
  expect(await appendRun(file, run(1, ['a', 'b']))).toMatchObject({
    runs: [{ startedAt: '2026-11-01T00:00:00.000Z', cases: 9, unexpected: 2, verdicts: { 'false-positive': 2 } }],
    findings: [
      { id: 'a', kind: 'lasting' },
      { id: 'b', kind: 'lasting' },
    ],
  });
  await appendRun(file, run(2, ['a', 'b']));
  await appendRun(file, run(3, ['a', 'c'], 'of another series'));
  const series = await appendRun(file, run(4, ['a', 'c']));
  expect(await appendRun(file, run(4, ['a', 'c']))).toEqual(series);
  expect(series.runs).toHaveLength(3);
  expect(series.findings.map(({ id, kind, since }) => [id, kind, since.slice(0, 10)])).toEqual([
    ['c', 'new', '2026-11-04'],
    ['b', 'gone', '2026-11-04'],
    ['a', 'lasting', '2026-11-01'],
  ]);
});

test('what comes of an earlier run does not depend on later ones', async () => {
  const file = join(await folderOf({}), 'history.db');
  await appendRun(file, run(5, ['b']));
  const { runs, findings } = await appendRun(file, run(2, ['a']));
  expect([runs.length, findings.map(({ id }) => id)]).toEqual([1, ['a']]);
});

test('any number of writers at once is as one after the other', async () => {
  const file = join(await folderOf({}), 'history.db');
  await Promise.all(Array.from({ length: 12 }, (_, day) => appendRun(file, run(day + 1, [`f${day}`]))));
  expect(examine(file)).toEqual({ integrity: 'ok', runs: 12 });
  expect(readdirSync(join(file, '..'))).toEqual(['history.db']);
});

/** Begins to write so much that SQLite has part of it in the file, and dies. */
const dying = `
import sqlite from 'node-sqlite3-wasm';
const database = new sqlite.Database(process.argv[2]);
database.exec('PRAGMA cache_size = 1; BEGIN IMMEDIATE');
for (let n = 0; n < 3000; n++) database.run('INSERT INTO finding (name, what) VALUES (?, ?)', ['half ' + n, 'x'.repeat(200)]);
database.exec("INSERT INTO run (series, started_at, cases, unexpected, verdicts) VALUES ('s', 'half', 1, 1, '{}')");
process.kill(process.pid, 'SIGKILL');
`;

test('what a killed process has written in part is undone, and its lock does not hold', async () => {
  const folder = await folderOf({});
  const file = join(folder, 'history.db');
  await appendRun(file, run(1, ['a']));
  const library = pathToFileURL(join(packageRoot, 'node_modules/node-sqlite3-wasm/dist/node-sqlite3-wasm.js')).href;
  await writeFile(join(folder, 'dying.mjs'), dying.replace("'node-sqlite3-wasm'", `'${library}'`));
  const { signal } = spawnSync(process.execPath, [join(folder, 'dying.mjs'), file]);
  expect(signal).toBe('SIGKILL');
  expect([existsSync(`${file}.lock`), existsSync(`${file}-journal`)]).toEqual([true, true]);
  const { runs } = await appendRun(file, run(2, ['a']));
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual(['2026-11-01', '2026-11-02']);
  expect(examine(file)).toEqual({ integrity: 'ok', runs: 2 });
});

test('processes that are killed at any moment lose no run that was told as written', async () => {
  const folder = await folderOf({});
  const reports = Array.from({ length: 16 }, (_, day) => ({
    ...sampleReport(),
    startedAt: new Date(Date.UTC(2026, 10, day + 1)).toISOString(),
  }));
  await Promise.all(reports.map((report, at) => writeFile(join(folder, `${at}.json`), JSON.stringify(report))));
  const main = join(packageRoot, 'dist/cli/main.js');
  let done = 0;
  const one = async (at: number) => {
    const words = ['report', `${at}.json`, '--history', 'history.db', '-r', 'csv', '-o', `out-${at}`, '--quiet'];
    const child = fork(main, words, { cwd: folder, silent: true });
    const timer = at % 2 === 0 ? undefined : setTimeout(() => child.kill('SIGKILL'), 250 + at * 30);
    const [code] = await once(child, 'exit');
    clearTimeout(timer);
    if (code === 1) done++;
  };
  for (let at = 0; at < reports.length; at += 4) await Promise.all([0, 1, 2, 3].map((more) => one(at + more)));
  const last = await appendRun(join(folder, 'history.db'), run(30, ['a']));
  expect(last.runs).toHaveLength(1);
  const { integrity, runs } = examine(join(folder, 'history.db'));
  expect(integrity).toBe('ok');
  expect(done).toBeGreaterThanOrEqual(8);
  expect(runs).toBeGreaterThanOrEqual(done + 1);
});

test.each([
  ['a text', 'no database, and long enough to be looked at '.repeat(40), /is not a database/],
  ['a folder', undefined, /HISTORY_UNUSABLE/],
])('what is no history is refused, and stays as it is: %s', async (_, content, message) => {
  const file = join(await folderOf({}), 'history.db');
  if (content === undefined) await mkdir(file);
  else await writeFile(file, content);
  await expect(appendRun(file, run(1, []))).rejects.toThrow(message);
  if (content !== undefined) expect(await readFile(file, 'utf8')).toBe(content);
});

test('the database of another program is refused', async () => {
  const file = join(await folderOf({}), 'history.db');
  const database = new sqlite.Database(file);
  database.exec('CREATE TABLE mine (a)');
  database.close();
  await expect(appendRun(file, run(1, []))).rejects.toThrow(/HISTORY_UNUSABLE .*database of another program/);
});
