import type { Reporter } from '../contract/reporter.js';
import type { StreamedReport } from '../model/report.js';
import { joinPieces } from '../util/join-pieces.js';
import { safeJson } from '../util/safe-json.js';

/** Name of the file that `tune`, `report` and `triage` read back. */
export const jsonFile = 'report.json';

/** The report itself: what every other reporter renders and later commands read back. */
export function createJsonReporter(): Reporter {
  return {
    name: 'json',
    render: async (report) => ({ files: [{ name: jsonFile, content: joinPieces(formatReport(report, inLines)) }] }),
  };
}

/** The report as JSON on one line, in chunks. */
export function compactJson(report: StreamedReport): Iterable<string> {
  return joinPieces(formatReport(report, onOneLine));
}

/** What stands before a member, before an element of one, and at the end of each. */
interface Layout {
  readonly member: string;
  readonly colon: string;
  readonly element: string;
  readonly elementsEnd: string;
  readonly end: string;
}

/** One line a case: small, and still readable, greppable and comparable line by line. */
const inLines: Layout = { member: '\n  ', colon: ': ', element: '\n    ', elementsEnd: '\n  ', end: '\n}\n' };
const onOneLine: Layout = { member: '', colon: ':', element: '', elementsEnd: '', end: '}' };

function* formatReport(report: StreamedReport, layout: Layout): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield `${before}${layout.member}${safeJson(key)}${layout.colon}`;
    yield* formatMember(value, layout);
    before = ',';
  }
  yield layout.end;
}

function* formatMember(value: unknown, { element, elementsEnd }: Layout): Generator<string> {
  if (!isList(value)) return yield safeJson(value);
  let before = '[';
  for (const one of value) {
    yield `${before}${element}${safeJson(one)}`;
    before = ',';
  }
  yield before === '[' ? '[]' : `${elementsEnd}]`;
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
