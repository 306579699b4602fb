import { criteriaKeys } from './filter-cases.js';
import { sortKeys } from './sort-cases.js';

/** @typedef {import('./filter-cases.js').Criteria} Criteria */
/** @typedef {import('./sort-cases.js').SortOrder} SortOrder */

/**
 * What the page shows, as its address says it: `#verdict=false-positive&case=comments%2Fsql`.
 * @typedef {{ readonly criteria: Criteria, readonly order: SortOrder, readonly selected: string, readonly accepted: readonly string[] }} PageState
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
    accepted: text('accept')
      .split(',')
      .filter((key) => key !== ''),
  };
}

/**
 * @param {PageState} state
 * @returns {string}
 */
export function writeAddress({ criteria, order, selected, accepted }) {
  const params = new URLSearchParams();
  for (const key of criteriaKeys) if (criteria[key] !== '') params.set(key, criteria[key]);
  if (order.key !== usualOrder.key || order.descending)
    params.set('sort', `${order.key}-${order.descending ? 'down' : 'up'}`);
  if (selected !== '') params.set('case', selected);
  // Ids of exclusions need no escapes, and commas stay as they are.
  const choice = accepted.length === 0 ? [] : [`accept=${accepted.map(encodeURIComponent).join(',')}`];
  return `#${[`${params}`, ...choice].filter((part) => part !== '').join('&')}`;
}
