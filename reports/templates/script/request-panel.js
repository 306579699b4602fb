import { element } from './dom.js';
import { markedText } from './marked-text.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */
/** @typedef {import('../../../src/report/html/case-data.js').SectionData} SectionData */
/** @typedef {import('../../../src/report/html/case-data.js').FieldData} FieldData */
/** @typedef {import('./marked-text.js').TextMark} TextMark */
/** @typedef {import('./visible-text.js').ShowText} ShowText */

/** @typedef {(section: number, field: number, part: 0 | 1) => readonly TextMark[]} MarksOf */

/**
 * The request of a case, with what rules matched marked in it.
 * @param {ReportData} data
 * @param {CaseData} item
 * @param {ShowText} showText
 * @returns {readonly HTMLElement[]}
 */
export function requestPanel(data, item, showText) {
  const marksOf = collectMarks(data, item);
  return item.request.map((section, index) => {
    const fields = section.fields.flatMap((field, place) =>
      fieldNodes(field, (part) => marksOf(index, place, part), showText),
    );
    return element('section', { class: 'request-section' }, [
      element('h5', {}, [section.title]),
      element('dl', { class: 'fields' }, fields),
    ]);
  });
}

/**
 * @param {ReportData} data
 * @param {CaseData} item
 * @returns {MarksOf}
 */
function collectMarks({ rules }, { hits, minimal }) {
  /** @type {Map<string, Map<string, TextMark>>} */
  const places = new Map();
  /**
   * @param {readonly CaseData['hits'][number]['marks'][number][]} marks
   * @param {string} label
   * @param {boolean} trigger
   */
  const add = (marks, label, trigger) => {
    for (const [section, field, part, start, end, exact] of marks) {
      const place = `${section} ${field} ${part}`;
      const marksThere = places.get(place) ?? new Map();
      places.set(place, marksThere.set(`${start} ${end} ${label}`, { start, end, exact: exact === 1, label, trigger }));
    }
  };
  for (const { rule, marks } of hits) add(marks, `${rules[rule]?.id}`, false);
  if (minimal !== undefined) add(minimal.marks, `smallest trigger of ${minimal.rule}`, true);
  return (section, field, part) => [...(places.get(`${section} ${field} ${part}`)?.values() ?? [])];
}

/**
 * @param {FieldData} field
 * @param {(part: 0 | 1) => readonly TextMark[]} marksOf
 * @param {ShowText} showText
 * @returns {readonly HTMLElement[]}
 */
function fieldNodes({ name, value, note, length }, marksOf, showText) {
  const cut = length === undefined ? [] : [cutNote(value.length, length)];
  const about = note === undefined ? [] : [element('span', { class: 'field-note' }, showText(note))];
  /** @type {Readonly<Record<string, string>>} */
  const width = name === '' ? { class: 'of-whole' } : {};
  const shownName = name === '' ? [] : [markedText(name, marksOf(0), showText)];
  const empty = value === '' ? [element('span', { class: 'field-note' }, ['empty'])] : [];
  return [
    element('dt', width, [...shownName, ...about]),
    element('dd', width, [markedText(value, marksOf(1), showText), ...empty, ...cut]),
  ];
}

/**
 * @param {number} held
 * @param {number} length
 */
function cutNote(held, length) {
  const [some, all] = [held, length].map((count) => count.toLocaleString('en-US'));
  return element('p', { class: 'field-note' }, [
    `The page holds ${some} of ${all} characters; report.json has them all.`,
  ]);
}
