import { gunzipSync } from 'node:zlib';
import type { RunReport } from '../../../src/model/report.js';
import type { CaseData } from '../../../src/report/html/case-data.js';
import { type CaseRow, type PackedRow, unpackRow } from '../../../src/report/html/case-row.js';
import { type PackedCase, viewPackedCase } from '../../../src/report/html/packed-case.js';
import { openShared, readChunk, type SharedByCases } from '../../../src/report/html/read-cases.js';
import { type ReportData, writeReportData } from '../../../src/report/html/report-data.js';

/** The data of a page, as its script reads it. */
export interface PageData extends ReportData {
  readonly list: readonly CaseRow[];
  readonly cases: readonly CaseData[];
  readonly packed: readonly PackedCase[];
  readonly shared: SharedByCases;
}

/** What the script of a page reads from it. */
export function dataOf(html: string): PageData {
  const elements = html.matchAll(/<script class="data-([a-z]+)" type="application\/gzip">([^<]*)<\/script>/g);
  return readParts([...elements].map(([, kind = '', text = '']) => ({ kind, text: unzip(text) })));
}

/** The same of a report, without a page, and without what is rendered. */
export function dataOfReport(report: RunReport): PageData {
  return readParts([...writeReportData(report, () => ({ findings: [], exclusions: [] }))]);
}

function readParts(parts: readonly { readonly kind: string; readonly text: string }[]): PageData {
  const textsOf = (kind: string) => parts.filter((part) => part.kind === kind).map(({ text }) => text);
  const shared = openShared(textsOf('shared').join(''));
  const data = JSON.parse(textsOf('report').join('')) as ReportData;
  const packed = textsOf('cases').flatMap((text) => readChunk(text, shared));
  const rows = textsOf('rows').flatMap((text) => JSON.parse(text) as readonly PackedRow[]);
  const list = rows.map((row) => unpackRow(row, data.tables));
  return { ...data, list, packed, shared, cases: list.flatMap((row, place) => viewed(packed[place], row, data)) };
}

function viewed(packed: PackedCase | undefined, row: CaseRow, data: ReportData): readonly CaseData[] {
  return packed === undefined ? [] : [viewPackedCase(packed, row, data)];
}

function unzip(base64: string): string {
  return gunzipSync(Buffer.from(base64, 'base64')).toString();
}
