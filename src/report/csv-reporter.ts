import type { Reporter } from '../contract/reporter.js';
import { formatVariable } from '../model/evidence.js';
import type { CaseResult, StreamedReport } from '../model/report.js';
import { printable } from '../util/printable.js';
import { explainResult } from './verdict-texts.js';

/** Name of the file with a line for each case. */
export const csvFile = 'report.csv';

type Cell = string | number | boolean | undefined;

/** The columns, in order. */
const columns: Readonly<Record<string, (result: CaseResult) => Cell>> = {
  id: ({ id }) => id,
  suite: ({ suite }) => suite,
  title: ({ title }) => title,
  intent: ({ intent }) => intent,
  verdict: ({ verdict }) => verdict.kind,
  as_expected: ({ asExpected }) => asExpected,
  status: ({ status }) => status,
  score: ({ score }) => score?.inbound,
  threshold: ({ score }) => score?.threshold,
  method: ({ request }) => request.method,
  path: ({ request }) => request.path,
  rules: ({ hits }) => once(hits.map(({ ruleId }) => `${ruleId}`)),
  variables: ({ hits }) => once(hits.map(({ variable }) => formatVariable(variable))),
  reason: (result) => explainResult(result).reason,
  fix: (result) => explainResult(result).fix,
  tags: ({ tags }) => tags.join(' '),
  file: ({ at }) => at.file,
  line: ({ at }) => at.line,
  duration_ms: ({ durationMs }) => durationMs,
};

/** A line for each case (RFC 4180, UTF-8). No cell is a formula where a spreadsheet opens it. */
export function createCsvReporter(): Reporter {
  return { name: 'csv', render: async (report) => ({ files: [{ name: csvFile, content: writeLines(report) }] }) };
}

function* writeLines({ results }: StreamedReport): Generator<string> {
  const cells = Object.values(columns);
  yield line(Object.keys(columns));
  for (const result of results) yield line(cells.map((cellOf) => cellOf(result)));
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

// Excel takes 32,767 characters in a cell.
const maxLength = 30_000;
const formula = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/**
 * What begins like a formula, or like the marks that a spreadsheet takes away before one, gets an apostrophe before it (OWASP,
 * CSV Injection). Line feeds and tabs are escapes, so that nothing begins within a cell either.
 */
function cell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return `${value}`;
  const text = printable(value.slice(0, maxLength));
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",;\s']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function once(texts: readonly string[]): string {
  return [...new Set(texts)].join(' ');
}
