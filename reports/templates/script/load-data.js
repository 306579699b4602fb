import { unpackRow } from '../../../src/report/html/case-row.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-row.js').CaseRow} CaseRow */

/**
 * What the page knows of a report, with its cases as the list shows them.
 * @typedef {ReportData & { readonly cases: readonly CaseRow[] }} PageData
 */

/**
 * The data of the report, without what only the details of a case show.
 * @param {HTMLScriptElement} holder
 * @returns {Promise<PageData>}
 */
export async function loadData(holder) {
  const text = holder.textContent ?? '';
  holder.remove();
  /** @type {ReportData} */
  const data = JSON.parse(await unzip(text));
  return { ...data, cases: data.rows.map((row) => unpackRow(row, data.tables)) };
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
