import { criteriaKeys } from './filter-cases.js';
import { sortKeys } from './sort-cases.js';

/** @typedef {import('./filter-cases.js').Criteria} Criteria */
/** @typedef {import('./sort-cases.js').SortOrder} SortOrder */

/**
 * What the page shows, as its address says it: `#verdict=false-positive&case=comments%2Fsql`.
 * @typedef {{ readonly criteria: Criteria, readonly order: SortOrder, readonly selected: string }} PageState
 */

/** @type {SortOrder} */
const usualOrder = { key: 'verdict', descending: false };

/**
 * @param {string} hash
 * @returns {PageState}
 */
export function readAddress(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  /** @param {string} name */
  const text = (name) => params.get(name) ?? '';
  const [name = '', direction = ''] = text('sort').split('-');
  const key = sortKeys.find((known) => known === name);
  return {
    criteria: {
      q: text('q'),
      verdict: text('verdict'),
      suite: text('suite'),
      tag: text('tag'),
      outcome: text('outcome'),
      finding: text('finding'),
    },
    order: key === undefined ? usualOrder : { key, descending: direction === 'down' },
    selected: text('case'),
  };
}

/**
 * @param {PageState} state
 * @returns {string}
 */
export function writeAddress({ criteria, order, selected }) {
  const params = new URLSearchParams();
  for (const key of criteriaKeys) if (criteria[key] !== '') params.set(key, criteria[key]);
  if (order.key !== usualOrder.key || order.descending)
    params.set('sort', `${order.key}-${order.descending ? 'down' : 'up'}`);
  if (selected !== '') params.set('case', selected);
  return `#${params}`;
}
