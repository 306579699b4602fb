import { button, element } from './dom.js';
import { markedText } from './marked-text.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */
/** @typedef {import('../../../src/report/html/case-data.js').HitData} HitData */
/** @typedef {import('./visible-text.js').ShowText} ShowText */

const hitsAtOnce = 100;
const hitColumns = ['Rule', 'Level', 'Field', 'Matched'];

/**
 * The rules that matched, and how sure it is where.
 * @param {ReportData} data
 * @param {CaseData} item
 * @param {ShowText} showText
 * @returns {HTMLElement}
 */
export function hitsTable(data, { hits }, showText) {
  const head = element(
    'tr',
    {},
    hitColumns.map((column) => element('th', { scope: 'col' }, [column])),
  );
  const body = element('tbody');
  const box = element('div', { class: 'table-box' }, [
    element('table', { class: 'hits' }, [element('thead', {}, [head]), body]),
  ]);
  const addRows = () => {
    const from = body.childElementCount;
    body.append(...hits.slice(from, from + hitsAtOnce).map((hit) => hitRow(data, hit, showText)));
    box.querySelector('.more-hits')?.remove();
    const left = hits.length - body.childElementCount;
    if (left > 0) box.append(element('p', { class: 'more-hits' }, [button(`Show more (${left} left)`, addRows)]));
  };
  addRows();
  return box;
}

/**
 * @param {ReportData} data
 * @param {HitData} hit
 * @param {ShowText} showText
 */
function hitRow({ rules }, hit, showText) {
  const rule = rules[hit.rule];
  return element('tr', {}, [
    element('th', { scope: 'row' }, [
      element('code', { class: 'rule-id' }, showText(`${rule?.id}`)),
      element('span', { class: 'rule-message' }, showText(rule?.message ?? '')),
    ]),
    element(
      'td',
      { class: 'level' },
      levels(rule, hit).map((text) => element('span', {}, [text])),
    ),
    element('td', {}, [
      element('code', { class: 'field-name' }, showText(hit.variable)),
      element('span', { class: 'field-note' }, showText(howSure(hit))),
    ]),
    element('td', {}, matchedNodes(hit, showText)),
  ]);
}

/**
 * @param {ReportData['rules'][number] | undefined} rule
 * @param {HitData} hit
 * @returns {readonly string[]}
 */
function levels(rule, { points }) {
  return [
    ...(rule?.severity === undefined ? [] : [rule.severity.toLowerCase()]),
    ...(rule?.level === undefined ? [] : [`PL ${rule.level}`]),
    ...(points === undefined ? [] : [points === 1 ? '1 point' : `${points} points`]),
  ];
}

/**
 * @param {HitData} hit
 * @returns {string}
 */
function howSure({ source, candidates }) {
  switch (source) {
    case 'logged':
      return 'named by the log';
    case 'recovered':
      return 'worked out: the only place that fits';
    case 'ambiguous':
      return `ambiguous: ${(candidates ?? []).join(' or ')}`;
    case 'unknown':
      return 'unknown: the log does not say, and nothing fits';
  }
}

/**
 * @param {HitData} hit
 * @param {ShowText} showText
 * @returns {readonly Node[]}
 */
function matchedNodes({ matched, cut, fingerprint, reason, marks }, showText) {
  if (reason !== undefined) return [element('span', { class: 'field-note' }, showText(`because: ${reason}`))];
  if (matched === undefined) return [element('span', { class: 'field-note' }, ['not in the log'])];
  const notes = [
    ...(fingerprint ? ['fingerprint by libinjection, not text of the request'] : []),
    ...(cut ? ['cut'] : []),
    ...(fingerprint || marks.some(([, , , , , exact]) => exact === 1)
      ? []
      : ['not found in the request as it is written']),
  ];
  return [
    element('code', { class: 'matched' }, [markedText(matched, [], showText)]),
    ...notes.map((note) => element('span', { class: 'field-note' }, [note])),
  ];
}
