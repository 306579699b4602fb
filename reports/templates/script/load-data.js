import { unpackRow } from '../../../src/report/html/case-row.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-row.js').CaseRow} CaseRow */
/** @typedef {import('../../../src/report/html/case-row.js').PackedRow} PackedRow */

/**
 * What the page knows of a report, with its cases as the list shows them.
 * @typedef {ReportData & { readonly cases: readonly CaseRow[] }} PageData
 */

/**
 * The data of the report, without what only the details of a case show.
 * @returns {Promise<PageData>}
 */
export async function loadData() {
  const [report = '', ...rows] = await Promise.all([...takeData('report'), ...takeData('rows')].map(unzip));
  /** @type {ReportData} */
  const data = JSON.parse(report);
  const packed = rows.flatMap((text) => /** @type {readonly PackedRow[]} */ (JSON.parse(text)));
  return { ...data, cases: packed.map((row) => unpackRow(row, data.tables)) };
}

/**
 * What the page holds of a kind of data, compressed. It is taken out of the document, where nobody needs it.
 * @param {import('../../../src/report/html/report-data.js').DataPart['kind']} kind
 * @returns {readonly string[]}
 */
export function takeData(kind) {
  return [...document.querySelectorAll(`script.data-${kind}`)].map((holder) => {
    holder.remove();
    return holder.textContent ?? '';
  });
}

/**
 * The text that is base64 of gzip.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function unzip(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
