import { gunzipSync } from 'node:zlib';
import type { CaseData } from '../../../src/report/html/case-data.js';
import { type CaseRow, unpackRow } from '../../../src/report/html/case-row.js';
import { type PackedCase, viewPackedCase } from '../../../src/report/html/packed-case.js';
import { openShared, readChunk } from '../../../src/report/html/read-cases.js';
import type { ReportData } from '../../../src/report/html/report-data.js';

/** The data of a page, as its script reads it. */
export interface PageData extends ReportData {
  readonly list: readonly CaseRow[];
  readonly cases: readonly CaseData[];
}

/** What the script of a page reads from it. */
export function dataOf(html: string): PageData {
  const chunks = [...html.matchAll(/<script class="case-chunk" type="application\/gzip">([^<]*)<\/script>/g)];
  const [, rest = ''] = /<script id="report-data" type="application\/gzip">([^<]*)<\/script>/.exec(html) ?? [];
  const [, shared = ''] = /<script id="shared-texts" type="application\/gzip">([^<]*)<\/script>/.exec(html) ?? [];
  const known = openShared(unzip(shared));
  return pageData(
    chunks.flatMap(([, text = '']) => readChunk(unzip(text), known)),
    JSON.parse(unzip(rest)) as ReportData,
  );
}

/** The same from the cases of a page. */
export function pageData(packed: readonly PackedCase[], data: ReportData): PageData {
  const list = data.rows.map((row) => unpackRow(row, data.tables));
  return { ...data, list, cases: list.flatMap((row, place) => viewed(packed[place], row, data)) };
}

function viewed(packed: PackedCase | undefined, row: CaseRow, data: ReportData): readonly CaseData[] {
  return packed === undefined ? [] : [viewPackedCase(packed, row, data)];
}

function unzip(base64: string): string {
  return gunzipSync(Buffer.from(base64, 'base64')).toString();
}
