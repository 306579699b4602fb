import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createCsvReporter } from '../../src/report/csv-reporter.js';
import { printable } from '../../src/util/printable.js';
import { anyText, reportWith } from './hostile-case.js';
import { hostileReport } from './hostile-report.js';
import { wholeText } from './rendered-text.js';
import { sampleReport } from './sample-report.js';

async function rowsOf(report: RunReport): Promise<readonly (readonly string[])[]> {
  const { files } = await createCsvReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['report.csv']);
  return parse(await wholeText(files[0]));
}

/** A reader of RFC 4180 that takes quotes anywhere else for an error. */
function parse(text: string): readonly (readonly string[])[] {
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(0, -2).split('\r\n').map(cellsOf);
}

function cellsOf(line: string): readonly string[] {
  const cells = [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^",]*),/gy)];
  expect(cells.map(([cell]) => cell).join('')).toBe(`${line},`);
  return cells.map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

test('each case has a line, and each line a cell for each column', async () => {
  const report = sampleReport();
  const [head = [], ...rows] = await rowsOf(report);
  expect(rows.map(([id]) => id)).toEqual(report.results.map(({ id }) => id));
  expect(new Set([head, ...rows].map((cells) => cells.length))).toEqual(new Set([head.length]));
  const first = Object.fromEntries(head.map((name, index) => [name, rows[0]?.[index]]));
  expect(first).toMatchObject({
    verdict: 'false-positive',
    as_expected: 'false',
    rules: '942100 942130',
    variables: 'ARGS:comment',
    score: '10',
    file: 'suites/comments.yaml',
    line: '9',
  });
});

test('who denied elsewhere is told, and how to mend it', async () => {
  const [head = [], ...rows] = await rowsOf(sampleReport());
  const denied = rows.find((cells) => cells[0] === 'account/change-email') ?? [];
  expect(denied[head.indexOf('reason')]).toMatch(/^Django: CSRF token missing\./);
  expect(denied[head.indexOf('fix')]).toMatch(/^Add csrf/);
});

test('no cell of a hostile report is a formula', async () => {
  for (const cells of await rowsOf(hostileReport()))
    for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
});

test('whatever the texts are, lines and columns stay, no cell is a formula, and the text is told', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const [head = [], ...rows] = await rowsOf(reportWith(text));
      expect(rows.map((cells) => cells.length)).toEqual([head.length, head.length, head.length]);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
      const told = rows[0]?.[head.indexOf('title')] ?? '';
      expect([printable(text), `'${printable(text)}`]).toContain(told);
    }),
    { numRuns: 300 },
  );
});
