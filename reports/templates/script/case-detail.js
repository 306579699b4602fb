import { verdictBadge } from './case-row.js';
import { copyButton } from './copy-button.js';
import { element } from './dom.js';
import { hitsTable } from './hits-table.js';
import { requestPanel } from './request-panel.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */
/** @typedef {import('./visible-text.js').ShowText} ShowText */

const wideFacts = new Set(['Why it is sent', 'Place']);

/**
 * All there is to know of a case.
 * @param {ReportData} data
 * @param {CaseData} item
 * @param {ShowText} showText
 * @returns {readonly Node[]}
 */
export function caseDetail(data, item, showText) {
  const hits =
    item.hits.length === 0 ? [] : [part(`Rules that matched (${item.hits.length})`, [hitsTable(data, item, showText)])];
  return [
    element('h3', { class: 'case-id' }, showText(item.id)),
    ...(item.title === undefined ? [] : [element('p', { class: 'case-title' }, showText(item.title))]),
    verdictPanel(data, item, showText),
    factList(item, showText),
    ...hits,
    part('Request', requestPanel(data, item, showText)),
    part('Reproduce', curlPanel(item)),
  ];
}

/**
 * @param {ReportData} data
 * @param {CaseData} item
 * @param {ShowText} showText
 */
function verdictPanel(data, item, showText) {
  const { meaning, tone } = data.verdicts[item.verdict];
  return element('div', { class: `verdict-panel tone-${tone}` }, [
    element('p', {}, [verdictBadge(data, item), ` ${meaning}.`]),
    ...(item.reason === undefined ? [] : [element('p', {}, [...showText(item.reason), '.'])]),
    ...tuningNote(item),
    ...(item.fix === undefined ? [] : [element('p', {}, [element('strong', {}, ['Fix: ']), ...showText(item.fix)])]),
  ]);
}

const tuningTexts = {
  cleared: 'Cleared by the exclusions',
  'still-blocked': 'Still blocked with the exclusions',
  'newly-blocked': 'Passed before, and is blocked with the exclusions',
};

/**
 * @param {CaseData} item
 * @returns {readonly HTMLElement[]}
 */
function tuningNote({ tuning }) {
  if (tuning === undefined) return [];
  const { outcome, by, more } = tuning;
  const links = by.map(({ text, link }) => element('a', { href: link }, [text]));
  return [
    element('p', { class: `tuning is-${outcome}` }, [
      element('strong', {}, [tuningTexts[outcome]]),
      ...links.flatMap((link, index) => [index === 0 ? ': ' : ', ', link]),
      ...(more > 0 ? [` and ${more} more`] : []),
      '.',
    ]),
  ];
}

/**
 * @param {CaseData} item
 * @param {ShowText} showText
 */
function factList(item, showText) {
  /** @type {readonly (readonly [string, string | undefined])[]} */
  const facts = [
    ['Why it is sent', item.because],
    ['Place', item.place],
    ['Expected', item.expectation],
    ['Score', item.score && `${item.score[0]}, threshold ${item.score[1]}`],
    ['Repeats', item.repeats],
    ['Status', item.status === undefined ? 'no answer' : `${item.status}`],
    ['Time', `${item.ms} ms`],
    ['Intent', item.intent],
    ['Suite', item.suite],
    ['Tags', item.tags.length === 0 ? undefined : item.tags.join(', ')],
    ['Correlation id', item.correlationId],
  ];
  const given = facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
  return element(
    'dl',
    { class: 'case-facts' },
    given.map(({ label, value }) =>
      element('div', wideFacts.has(label) ? { class: 'wide' } : {}, [
        element('dt', {}, [label]),
        element('dd', {}, showText(value)),
      ]),
    ),
  );
}

/**
 * @param {CaseData} item
 * @returns {readonly HTMLElement[]}
 */
function curlPanel({ curl }) {
  if (curl === undefined)
    return [element('p', { class: 'field-note' }, ['The body is too long for a command; report.json holds it.'])];
  const text = element('pre', { class: 'curl', tabindex: '0', 'aria-label': 'curl command' }, [curl]);
  return [element('div', { class: 'curl-box' }, [text, copyButton(text, curl)])];
}

/**
 * @param {string} title
 * @param {readonly Node[]} children
 */
function part(title, children) {
  return element('section', { class: 'detail-part' }, [element('h4', {}, [title]), ...children]);
}
