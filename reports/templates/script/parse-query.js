/**
 * What a reader looks for: words, and what the parts of a case must be.
 * @typedef {object} Query
 * @property {readonly string[]} words in lower case
 * @property {readonly QueryPart[]} parts
 */

/** @typedef {{ readonly key: QueryKey, readonly value: string, readonly not: boolean }} QueryPart */
/** @typedef {'rule' | 'verdict' | 'suite' | 'tag' | 'path' | 'endpoint' | 'field' | 'method' | 'status' | 'score' | 'id'} QueryKey */

/** @type {readonly QueryKey[]} */
export const queryKeys = [
  'rule',
  'field',
  'path',
  'endpoint',
  'method',
  'verdict',
  'suite',
  'tag',
  'status',
  'score',
  'id',
];

const token = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/g;

/**
 * Reads `rule:942100 suite:"Admin console" -tag:slow select`: a part with `-` is one that must not be.
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  const words = [];
  const parts = [];
  for (const [whole, minus, name, quoted, plain] of text.toLowerCase().matchAll(token)) {
    const key = queryKeys.find((known) => known === name);
    const value = quoted ?? plain ?? '';
    if (key === undefined) words.push(quoted !== undefined && name === undefined && minus === '' ? quoted : whole);
    else if (value !== '') parts.push({ key, value, not: minus === '-' });
  }
  return { words: words.filter((word) => word !== ''), parts };
}
