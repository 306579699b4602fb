import { expect, test } from 'vitest';
import type { CaseResult, StreamedReport } from '../../src/model/report.js';
import { check, checkInto } from '../../src/pipeline/check.js';
import { spillingStore } from '../../src/pipeline/result-store.js';
import { worldOf } from '../../src/pipeline/world.js';
import { result } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';
import { runAgainst, runIntoAgainst, suiteOfGets } from './run-against.js';
import { tinyWaf } from './tiny-waf.js';
import { serveWaf } from './waf-server.js';

const suite = `
suite: S
cases:
  - { id: search, path: /search, query: { q: !each values.txt } }
  - { id: skipped, path: /, skip: no need }
`;

test('a report whose results lie on the disk is the one whose results lie in memory', async () => {
  const values = Array.from({ length: 200 }, (_, index) => `${index} ${index % 3 === 0 ? 'evil' : 'good'}`);
  const cwd = await folderOf({ 's.yaml': suite, 'values.txt': values.join('\n') });
  const world = worldOf({ cwd, wafs: [tinyWaf()] });
  const store = spillingStore({ folder: cwd, memoryBytes: 10_000 });
  const [streamed, whole] = [
    await checkInto(store, { suites: ['s.yaml'] }, world),
    await check({ suites: ['s.yaml'] }, world),
  ];
  expect(timeless(streamed)).toEqual(timeless(whole));
  expect(whole.summary).toMatchObject({ cases: 200, skipped: 1, verdicts: { 'false-positive': 67 } });
  store.close();
});

test('so is a run that died in the middle and was resumed', async () => {
  const state = { lives: 40 };
  const waf = await serveWaf(({ url }, { length }) =>
    length >= state.lives ? 'cut' : { waf: url.endsWith('7') ? 'blocked' : 'passed' },
  );
  const store = (memoryBytes?: number) => spillingStore({ folder: waf.folder, ...(memoryBytes && { memoryBytes }) });
  const options = { target: { maxFailures: 3 }, repeat: 2 };
  const [died, resumed] = [store(5000), store(5000)];
  const journal = { folder: waf.folder, resume: false };
  const part = await runIntoAgainst(died, waf, suiteOfGets(60), { ...options, journal });
  expect(part.interrupted).toMatch(/no answer 3 times in a row/);
  state.lives = Number.POSITIVE_INFINITY;
  const streamed = await runIntoAgainst(resumed, waf, suiteOfGets(60), {
    ...options,
    journal: { ...journal, resume: true },
  });
  const whole = await runAgainst(waf, suiteOfGets(60), options);
  expect(timeless(streamed)).toEqual(timeless(whole));
  expect(whole.summary).toMatchObject({ cases: 60, verdicts: { 'false-positive': 6 } });
  const ids = [...part.results].map(({ id }) => id);
  expect(ids).toEqual(whole.results.map(({ id }) => id).filter((id) => ids.includes(id)));
  for (const { close } of [died, resumed]) close();
});

function timeless(report: StreamedReport): StreamedReport {
  const results = [...report.results].map((one) => ({ ...one, correlationId: '', durationMs: 0 }));
  return { ...report, startedAt: '', durationMs: 0, results };
}

test('a disk that takes no results is told in one message', () => {
  const store = spillingStore({ folder: '/no/such/folder', memoryBytes: 0 });
  const one: CaseResult = result({ id: 'a/b' });
  expect(() => store.add(one)).toThrow('OUTPUT_UNWRITABLE /no/such/folder cannot write here');
});
