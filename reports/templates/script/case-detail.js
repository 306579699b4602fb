import { unanswered, verdictBadge } from './case-row.js';
import { copyButton } from './copy-button.js';
import { element } from './dom.js';
import { hitsTable } from './hits-table.js';
import { markedText } from './marked-text.js';
import { requestPanel } from './request-panel.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */
/** @typedef {import('./visible-text.js').ShowText} ShowText */

const wideFacts = new Set(['Why it is sent', 'Place', 'Correlation id']);

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
    ...minimalPart(item, showText),
    part('Request', requestPanel(data, item, showText)),
    part('Reproduce', curlPanel(item.curl, 'curl command')),
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
    ...triageParts(item, showText),
    ...tuningNote(item),
    ...advice('Fix', item.fix ?? item.triage?.fix ?? '', showText),
    ...advice('Next', item.triage?.next ?? '', showText),
  ]);
}

/**
 * Who refused it and why, and what shows it, with the decisive characters.
 * @param {CaseData} item
 * @param {ShowText} showText
 * @returns {readonly HTMLElement[]}
 */
function triageParts({ triage }, showText) {
  if (triage === undefined) return [];
  const { verdict, evidence, ruledOut, others, hops, handOver } = triage;
  const items = evidence.map(({ says, from, text }) =>
    element('li', {}, [...showText(`${says} (${from})`), element('code', { class: 'decisive' }, showText(text))]),
  );
  /** @param {readonly string[]} texts */
  const list = (texts) => texts.map((text) => element('li', {}, showText(text)));
  return [
    ...(verdict === '' ? [] : [element('p', {}, [element('strong', {}, showText(verdict))])]),
    ...told('Evidence', items),
    ...told('Ruled out', list(ruledOut)),
    ...told('It may also be', list(others)),
    ...told('On the way', list(hops === '' ? [] : [hops])),
    ...told('For its owner', list(handOver === '' ? [] : [handOver])),
  ];
}

/**
 * @param {string} title
 * @param {readonly HTMLElement[]} items
 * @returns {readonly HTMLElement[]}
 */
function told(title, items) {
  if (items.length === 0) return [];
  return [
    element('div', { class: 'told-part' }, [element('h5', {}, [title]), element('ul', { class: 'evidence' }, items)]),
  ];
}

/**
 * @param {string} title
 * @param {string} text
 * @param {ShowText} showText
 * @returns {readonly HTMLElement[]}
 */
function advice(title, text, showText) {
  return text === '' ? [] : [element('p', {}, [element('strong', {}, [`${title}: `]), ...showText(text)])];
}

const tuningTexts = {
  cleared: 'Cleared by the exclusions',
  'still-blocked': 'Still blocked with the exclusions',
  'newly-blocked': 'Passed before, and is blocked with the exclusions',
  'not-reproduced': 'Passes on the engine that proves exclusions: its rules or settings are others',
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
    ['Status', item.status === undefined ? unanswered(item) : `${item.status}`],
    ['Time', `${item.ms} ms`],
    ['Intent', item.intent],
    ['Suite', item.suite],
    ['Tags', item.tags.length === 0 ? undefined : item.tags.join(', ')],
    ['Correlation id', item.correlationId || undefined],
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
 * The smallest part of the request that still fires a rule.
 * @param {CaseData} item
 * @param {ShowText} showText
 * @returns {readonly HTMLElement[]}
 */
function minimalPart({ minimal }, showText) {
  if (minimal === undefined) return [];
  const { rule, variable, value, probes, incomplete, curl } = minimal;
  const asked = probes === 1 ? '1 request' : `${probes} requests`;
  const how = incomplete ? `as short as ${asked} could make it` : `nothing of it can be left out; ${asked} asked`;
  return [
    part('Smallest trigger', [
      element('p', {}, [
        element('code', { class: 'rule-id' }, showText(rule)),
        ' still fires on ',
        element('code', { class: 'field-name' }, showText(variable)),
        ' ',
        element('span', { class: 'field-note' }, [how]),
      ]),
      element('p', { class: 'smallest' }, [markedText(value, [], showText)]),
      ...curlPanel(curl, 'curl command of the smallest request'),
    ]),
  ];
}

/**
 * @param {string | undefined} curl
 * @param {string} label
 * @returns {readonly HTMLElement[]}
 */
function curlPanel(curl, label) {
  if (curl === undefined)
    return [element('p', { class: 'field-note' }, ['The body is too long for a command; report.json holds it.'])];
  const text = element('pre', { class: 'code', tabindex: '0', 'aria-label': label }, [curl]);
  return [element('div', { class: 'copy-box' }, [text, copyButton(text, () => curl)])];
}

/**
 * @param {string} title
 * @param {readonly Node[]} children
 */
function part(title, children) {
  return element('section', { class: 'detail-part' }, [element('h4', {}, [title]), ...children]);
}
