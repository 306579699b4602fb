import { element } from './dom.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-row.js').CaseRow} CaseRow */
/** @typedef {import('./visible-text.js').ShowText} ShowText */

/** @typedef {Pick<CaseRow, 'verdict' | 'expected'> & { readonly expectation?: string | undefined }} Judged */

const rowTextLength = 200;

/** The end of an id tells cases of a suite apart: so much of it is always to be seen. */
const idEndLength = 20;

/**
 * A row of the list of cases.
 * @param {ReportData} data
 * @param {CaseRow} item
 * @param {ShowText} showText
 * @returns {HTMLElement}
 */
export function caseRow(data, item, showText) {
  /** @param {string} text */
  const short = (text) => showText(text.slice(0, rowTextLength));
  return element('div', { role: 'row', class: 'case-row' }, [
    cell('verdict', [verdictBadge(data, item)]),
    cell('case', [line('id', idParts(item.id, showText)), line('title', short(item.title ?? item.suite))]),
    cell('request', [
      line('path', [element('span', { class: 'method' }, short(item.method)), ' ', ...short(item.path)]),
      line('answer', [item.status === undefined ? unanswered(item) : `status ${item.status}`]),
    ]),
    cell('rules', ruleLines(data, item, showText)),
    cell('score', [item.score === undefined ? '' : `${item.score[0]} / ${item.score[1]}`]),
    cell('time', [`${Math.round(item.ms)} ms`]),
  ]);
}

/**
 * @param {ReportData} data
 * @param {Judged} item
 * @returns {HTMLElement}
 */
export function verdictBadge({ verdicts }, item) {
  const { label, tone } = verdicts[item.verdict];
  const badge = element('span', { class: `badge tone-${tone}` }, [label]);
  if (isNote(item)) badge.append(element('small', {}, [item.expected ? 'expected' : 'not as expected']));
  return badge;
}

// Worth saying only where a case has expectations of its own.
/** @param {Judged} item */
function isNote(item) {
  return item.expectation !== undefined;
}

/**
 * @param {ReportData} data
 * @param {CaseRow} item
 * @param {ShowText} showText
 */
function ruleLines({ rules }, { hits }, showText) {
  const ids = [...new Set(hits.map(({ rule }) => `${rules[rule]?.id}`))];
  const [first, ...others] = ids;
  if (first === undefined) return [];
  return [
    line('rule', showText(first.split('#').at(-1) ?? first)),
    line('others', others.length === 0 ? [] : [`and ${others.length} more`]),
  ];
}

/**
 * @param {string} name
 * @param {readonly (Node | string)[]} children
 */
function cell(name, children) {
  return element('div', { role: 'gridcell', class: `cell cell-${name}` }, children);
}

/**
 * @param {string} name
 * @param {readonly (Node | string)[]} children
 */
function line(name, children) {
  return element('span', { class: `line line-${name}` }, children);
}

/**
 * An id whose beginning gives way where there is no room.
 * @param {string} id
 * @param {ShowText} showText
 * @returns {Node[]}
 */
function idParts(id, showText) {
  const chars = Array.from(id);
  const [start, end] = [chars.slice(0, -idEndLength), chars.slice(-idEndLength)];
  const part = (/** @type {string} */ name, /** @type {string[]} */ text) =>
    element('span', { class: `id-${name}` }, showText(text.join('')));
  return [...(start.length === 0 ? [] : [part('start', start)]), part('end', end)];
}

/**
 * What stands for the status of a case that nobody answered: where the engine alone judges, it answers what it refuses.
 * @param {Judged} item
 * @returns {string}
 */
export function unanswered({ verdict }) {
  return verdict === 'inconclusive' ? 'no answer' : 'not refused';
}
