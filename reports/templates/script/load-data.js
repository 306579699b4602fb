/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */

/**
 * The data of the report: JSON, or base64 of gzip where there is much of it.
 * @param {HTMLScriptElement} holder
 * @returns {Promise<ReportData>}
 */
export async function loadData(holder) {
  const text = holder.textContent ?? '';
  holder.remove();
  if (holder.type === 'application/json') return JSON.parse(text);
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
