import { parseQuery } from './parse-query.js';

/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('../../../src/report/html/case-row.js').CaseRow} CaseRow */
/** @typedef {import('./parse-query.js').QueryPart} QueryPart */
/** @typedef {import('./search-texts.js').SearchTexts} SearchTexts */

/**
 * What the lists show; an empty text does not filter.
 * @typedef {object} Criteria
 * @property {string} q
 * @property {string} verdict
 * @property {string} suite
 * @property {string} tag
 * @property {string} outcome
 * @property {string} finding
 */

/** @type {readonly (keyof Criteria)[]} */
export const criteriaKeys = ['q', 'verdict', 'suite', 'tag', 'outcome', 'finding'];

/**
 * A function that says which cases meet criteria.
 * @param {PageData} data
 * @param {SearchTexts} texts
 * @returns {(criteria: Criteria) => number[]}
 */
export function createFilter(data, texts) {
  const all = [...data.cases.keys()];
  const findings = new Map(data.findings.map((finding) => [finding.id, finding.cases]));
  const isAt = createEndpoints(data);
  return (criteria) => {
    const { words, parts } = parseQuery(criteria.q);
    const from = criteria.finding === '' ? all : (findings.get(criteria.finding) ?? []);
    return from.filter((place) => {
      const item = data.cases[place];
      if (item === undefined || !meets(item, criteria)) return false;
      return (
        parts.every(
          (part) => (part.key === 'endpoint' ? isAt(place, part.value) : holds(data, item, part)) !== part.not,
        ) && words.every((word) => texts.of(place).includes(word))
      );
    });
  };
}

/**
 * A function that says whether a case, by its place, is one of an endpoint as findings name them: `post /orders/{number}`.
 * @param {PageData} data
 * @returns {(place: number, endpoint: string) => boolean}
 */
function createEndpoints({ cases, findings, cards }) {
  /** @type {Map<string, Set<number>>} */
  const places = new Map();
  for (const card of cards.findings) {
    for (const [index, endpoint] of card.endpoints.entries()) {
      const own = places.get(endpoint.toLowerCase()) ?? new Set();
      for (const place of findings[card.findings[index] ?? -1]?.cases ?? []) own.add(place);
      places.set(endpoint.toLowerCase(), own);
    }
  }
  return (place, endpoint) =>
    places.get(endpoint)?.has(place) === true ||
    `${cases[place]?.method} ${cases[place]?.path}`.toLowerCase() === endpoint;
}

/**
 * A function that says which cards of findings meet criteria: those of which a case does, and that are themselves of the
 * rule, field and path that are asked for.
 * @param {PageData} data
 * @returns {(criteria: Criteria, places: readonly number[]) => number[]}
 */
export function createFindingFilter(data) {
  const { findings, cards } = data;
  return (criteria, places) => {
    const { parts } = parseQuery(criteria.q);
    const all = [...cards.findings.keys()];
    if (places.length === data.cases.length && parts.length === 0) return all;
    const shown = new Set(places);
    return all.filter((index) => {
      const card = cards.findings[index];
      if (card === undefined || !parts.every((part) => cardHolds(card, part) !== part.not)) return false;
      const own = card.findings.flatMap((place) => findings[place] ?? []);
      const wanted = criteria.finding === '' ? own : own.filter(({ id }) => id === criteria.finding);
      return wanted.some(({ cases }) => cases.some((place) => shown.has(place)));
    });
  };
}

/**
 * @param {CaseRow} item
 * @param {Criteria} criteria
 */
function meets(item, { verdict, suite, tag, outcome }) {
  return (
    (verdict === '' || item.verdict === verdict) &&
    (suite === '' || item.suite === suite) &&
    (tag === '' || item.tags.includes(tag)) &&
    (outcome === '' || item.expected === (outcome === 'expected'))
  );
}

/**
 * @param {PageData} data
 * @param {CaseRow} item
 * @param {QueryPart} part
 * @returns {boolean}
 */
function holds({ rules, verdicts }, item, { key, value }) {
  switch (key) {
    case 'rule':
      return item.hits.some(({ rule }) => isRule(`${rules[rule]?.id}`, value));
    case 'field':
      return item.hits.some(({ variable }) => contains(variable, value));
    case 'path':
      return contains(item.path, value);
    case 'method':
      return item.method.toLowerCase() === value;
    case 'verdict':
      return contains(item.verdict, value) || contains(verdicts[item.verdict].label, value);
    case 'suite':
      return contains(item.suite, value);
    case 'tag':
      return item.tags.some((tag) => tag.toLowerCase() === value);
    case 'endpoint':
      return false;
    case 'status':
      return `${item.status ?? ''}` === value;
    case 'score':
      return item.score !== undefined && isWithin(item.score[0], value);
    case 'id':
      return contains(item.id, value);
  }
}

/**
 * What is not the card's own is left to its cases.
 * @param {PageData['cards']['findings'][number]} card
 * @param {QueryPart} part
 * @returns {boolean}
 */
function cardHolds({ rule, variable, endpoints }, { key, value, not }) {
  switch (key) {
    case 'rule':
      return isRule(rule, value);
    case 'field':
      return contains(variable, value);
    case 'path':
      return endpoints.some((endpoint) => contains(endpoint, value));
    case 'endpoint':
      return endpoints.some((endpoint) => endpoint.toLowerCase() === value);
    default:
      return !not;
  }
}

/**
 * The number of a rule, its beginning with `*`, or a part of a name.
 * @param {string} id
 * @param {string} value
 */
function isRule(id, value) {
  if (/^\d+$/.test(id)) return value.endsWith('*') ? id.startsWith(value.slice(0, -1)) : id === value;
  return contains(id, value);
}

/**
 * Whether a number is one, or within bounds such as `5..9`, `5..` and `..4`.
 * @param {number} number
 * @param {string} value
 */
function isWithin(number, value) {
  const [from = '', to] = value.split('..');
  if (to === undefined) return `${number}` === value;
  return (from === '' || number >= Number(from)) && (to === '' || number <= Number(to));
}

/**
 * @param {string} text
 * @param {string} value
 */
function contains(text, value) {
  return text.toLowerCase().includes(value);
}
