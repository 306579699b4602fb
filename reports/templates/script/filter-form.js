import { byId, element } from './dom.js';
import { criteriaKeys } from './filter-cases.js';

/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('./filter-cases.js').Criteria} Criteria */

const typingPause = 120;
const labelLength = 100;

/**
 * @typedef {object} FilterForm
 * @property {() => Criteria} read
 * @property {(criteria: Criteria) => void} write
 */

/**
 * The form that says which cases are shown.
 * @param {PageData} data
 * @param {import('./visible-text.js').ShowText} showText
 * @param {() => void} onChange
 * @returns {FilterForm}
 */
export function createFilterForm(data, showText, onChange) {
  const form = byId('filters', HTMLFormElement);
  fillSelects(form, data, showText);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, typingPause);
  });
  form.addEventListener('reset', () => setTimeout(onChange));
  form.addEventListener('submit', (event) => event.preventDefault());
  focusOnSlash(form);
  return {
    read: () => readForm(form),
    write: (criteria) => {
      for (const key of criteriaKeys) writeField(form, key, criteria[key]);
      byId('finding-filter', HTMLElement).hidden = criteria.finding === '';
    },
  };
}

/**
 * @param {HTMLFormElement} form
 * @returns {Criteria}
 */
function readForm(form) {
  const values = new FormData(form);
  /** @param {string} name */
  const text = (name) => `${values.get(name) ?? ''}`;
  return {
    q: text('q'),
    verdict: text('verdict'),
    suite: text('suite'),
    tag: text('tag'),
    outcome: text('outcome'),
    finding: text('finding'),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function writeField(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = '';
}

/**
 * @param {HTMLFormElement} form
 * @param {PageData} data
 * @param {import('./visible-text.js').ShowText} showText
 */
function fillSelects(form, { cases, verdicts, findings }, showText) {
  const given = new Set(cases.map(({ verdict }) => `${verdict}`));
  /** @type {(name: string, options: readonly (readonly [value: string, label: string])[]) => void} */
  const add = (name, options) => {
    const select = form.elements.namedItem(name);
    if (!(select instanceof HTMLSelectElement)) return;
    select.append(...options.map(([value, label]) => element('option', { value }, [plainLabel(label, showText)])));
  };
  const known = Object.entries(verdicts).filter(([kind]) => given.has(kind));
  add(
    'verdict',
    known.map(([kind, { label }]) => [kind, label]),
  );
  add('suite', distinct(cases.map(({ suite }) => suite)));
  add('tag', distinct(cases.flatMap(({ tags }) => tags)));
  add(
    'finding',
    findings.map(({ id, label }) => [id, label]),
  );
}

/**
 * @param {readonly string[]} texts
 * @returns {readonly (readonly [string, string])[]}
 */
function distinct(texts) {
  return [...new Set(texts)].sort().map((text) => [text, text]);
}

// An option holds nothing but text.
/**
 * @param {string} label
 * @param {import('./visible-text.js').ShowText} showText
 */
function plainLabel(label, showText) {
  return showText(label.slice(0, labelLength))
    .map(({ textContent }) => textContent ?? '')
    .join('');
}

/** @param {HTMLFormElement} form */
function focusOnSlash(form) {
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const search = form.elements.namedItem('q');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || !(search instanceof HTMLElement)) return;
    event.preventDefault();
    search.focus();
  });
}
