/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */

/**
 * What the list of cases shows; an empty text does not filter.
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

const searchedLength = 2000;

/**
 * A function that says which cases meet criteria. The text to search is made when it is first needed.
 * @param {ReportData} data
 * @returns {(criteria: Criteria) => number[]}
 */
export function createFilter(data) {
  /** @type {(string | undefined)[]} */
  const texts = [];
  const all = [...data.cases.keys()];
  const findings = new Map(data.findings.map((finding) => [finding.id, finding.cases]));
  /** @param {number} place */
  const textOf = (place) => (texts[place] ??= searchText(data, place));
  return (criteria) => {
    const words = criteria.q.toLowerCase().split(/\s+/).filter(Boolean);
    const from = criteria.finding === '' ? all : (findings.get(criteria.finding) ?? []);
    return from.filter((place) => {
      const item = data.cases[place];
      if (item === undefined || !meets(item, criteria)) return false;
      return words.every((word) => textOf(place).includes(word));
    });
  };
}

/**
 * @param {CaseData} item
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
 * All of a case that a reader may look for, in lower case; long values are searched in their beginning.
 * @param {ReportData} data
 * @param {number} place
 * @returns {string}
 */
function searchText({ cases, rules, verdicts }, place) {
  const item = cases[place];
  if (item === undefined) return '';
  const { id, suite, title, because, tags, reason, method, path, request, hits } = item;
  const values = request.flatMap(({ fields }) => fields.flatMap(({ name, value }) => [name, value]));
  const matches = hits.flatMap(({ rule, variable, matched }) => {
    const about = rules[rule];
    return [`${about?.id}`, about?.message, variable, matched];
  });
  const head = [id, suite, title, because, reason, item.place, verdicts[item.verdict].label, `${method} ${path}`];
  return [...head, ...tags, ...matches, ...values]
    .map((text) => (text ?? '').slice(0, searchedLength))
    .join('\n')
    .toLowerCase();
}
