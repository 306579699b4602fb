/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('../../../src/report/html/case-row.js').CaseRow} CaseRow */

/** @typedef {'verdict' | 'case' | 'request' | 'rules' | 'score' | 'time'} SortKey */
/** @typedef {{ readonly key: SortKey, readonly descending: boolean }} SortOrder */

/** @type {readonly SortKey[]} */
export const sortKeys = ['verdict', 'case', 'request', 'rules', 'score', 'time'];

/**
 * A function that puts places of cases in order. The rank of each case under a key is worked out once; cases with the
 * same rank stay in the order in which they were run.
 * @param {PageData} data
 * @returns {(places: readonly number[], order: SortOrder) => number[]}
 */
export function createSorter(data) {
  /** @type {Map<SortKey, Float64Array>} */
  const ranks = new Map();
  return (places, { key, descending }) => {
    const rank = ranks.get(key) ?? rankCases(data, key);
    ranks.set(key, rank);
    const sign = descending ? -1 : 1;
    return [...places].sort((a, b) => sign * ((rank[a] ?? 0) - (rank[b] ?? 0)) || a - b);
  };
}

/**
 * @param {PageData} data
 * @param {SortKey} key
 * @returns {Float64Array}
 */
function rankCases({ cases, verdicts }, key) {
  const urgency = Object.keys(verdicts);
  switch (key) {
    case 'verdict':
      return rankByNumber(cases, (item) => urgency.indexOf(item.verdict) + (item.expected ? urgency.length : 0));
    case 'case':
      return rankByText(cases, (item) => item.id);
    case 'request':
      return rankByText(cases, (item) => `${item.path} ${item.method}`);
    case 'rules':
      return rankByNumber(cases, (item) => item.hits.length);
    case 'score':
      return rankByNumber(cases, (item) => item.score?.[0] ?? -1);
    case 'time':
      return rankByNumber(cases, (item) => item.ms);
  }
}

/**
 * @param {readonly CaseRow[]} cases
 * @param {(item: CaseRow) => number} numberOf
 */
function rankByNumber(cases, numberOf) {
  return Float64Array.from(cases, numberOf);
}

/**
 * @param {readonly CaseRow[]} cases
 * @param {(item: CaseRow) => string} textOf
 */
function rankByText(cases, textOf) {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const texts = [...new Set(cases.map(textOf))].sort(compare);
  const rankOf = new Map(texts.map((text, rank) => [text, rank]));
  return Float64Array.from(cases, (item) => rankOf.get(textOf(item)) ?? 0);
}
