import { joinDraft } from '../../../src/model/join-draft.js';
import { choiceMarkdown } from '../../../src/report/choice/choice-markdown.js';
import { choiceOutcome, chosenIn } from '../../../src/report/choice/choice-outcome.js';
import { choiceSentences } from '../../../src/report/choice/choice-sentences.js';
import { copyButton } from './copy-button.js';
import { button, byId, element } from './dom.js';

/** @typedef {import('../../../src/report/choice/choice-data.js').ChoiceData} ChoiceData */
/** @typedef {import('../../../src/report/choice/choice-outcome.js').ChoiceOutcome} ChoiceOutcome */
/** @typedef {import('../../../src/report/choice/choice-markdown.js').ChosenFile} ChosenFile */

/**
 * Which exclusions a reader accepts, as the boxes, the address and all texts of the page say it.
 * @typedef {object} Choice
 * @property {(keys: readonly string[]) => void} follow accepts what an address names, and tells what it does not know
 * @property {(added: ParentNode) => void} mark shows in boxes that come into the page whether they are accepted
 */

/**
 * @typedef {object} ChoiceListener
 * @property {(keys: readonly string[]) => void} onChange what an address has for the choice
 * @property {(files: ReadonlyMap<string, string> | undefined) => void} onFiles the files for the choice by name; nothing where none is made
 */

/** @type {Choice} */
const noChoice = { follow: () => undefined, mark: () => undefined };

/**
 * @param {ChoiceData | undefined} data
 * @param {ChoiceListener} listener
 * @returns {Choice}
 */
export function createChoice(data, { onChange, onFiles }) {
  const bar = document.getElementById('choice');
  if (data === undefined || bar === null) return noChoice;
  const decision = document.getElementById('decision-price');
  const usual = decision?.textContent ?? '';
  const status = byId('choice-status', HTMLElement);
  const unknown = byId('choice-unknown', HTMLElement);
  const placeOf = new Map(data.exclusions.map(({ key }, place) => [key, place]));
  /** @type {ReadonlySet<number>} */
  let chosen = new Set();
  const copies = createCopies(data, () => choiceOutcome(data, chosen));

  /** @param {ReadonlySet<number>} next */
  const choose = (next) => {
    chosen = next;
    unknown.hidden = true;
    show();
    onChange(data.exclusions.flatMap(({ key }, place) => (chosen.has(place) ? [key] : [])));
  };

  const show = () => {
    const outcome = choiceOutcome(data, chosen);
    const text = choiceSentences(data, outcome).join(' ');
    status.textContent = text;
    if (decision !== null) decision.textContent = chosen.size === 0 ? usual : text;
    copies.show(outcome);
    onFiles(
      chosen.size === 0 ? undefined : new Map(filesOf(data, outcome).map(({ name, content }) => [name, content])),
    );
    mark(document);
  };

  /** @param {ParentNode} added */
  const mark = (added) => {
    for (const box of added.querySelectorAll('input[data-accept]'))
      if (box instanceof HTMLInputElement) box.checked = chosen.has(Number(box.dataset['accept']));
  };

  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['accept'] === undefined) return;
    const place = Number(target.dataset['accept']);
    choose(new Set(target.checked ? [...chosen, place] : [...chosen].filter((one) => one !== place)));
  });
  byId('choice-actions', HTMLElement).append(
    button('Accept all', () => choose(new Set(data.exclusions.keys()))),
    button('Accept none', () => choose(new Set())),
    ...copies.controls,
  );
  bar.hidden = false;
  show();
  return {
    mark,
    follow: (keys) => {
      const places = keys.map((key) => placeOf.get(key));
      chosen = new Set(places.filter((place) => place !== undefined));
      const missing = keys.filter((key) => !placeOf.has(key));
      unknown.hidden = missing.length === 0;
      unknown.textContent = missing.length === 0 ? '' : unknownText(missing);
      show();
    },
  };
}

/**
 * @param {readonly string[]} keys
 */
function unknownText(keys) {
  const shown = keys.slice(0, 5).map((key) => (key.length > 20 ? `${key.slice(0, 20)}…` : key));
  const names = shown.join(', ').replace(/[^\w,. …-]/g, '?');
  const [what, those] = keys.length === 1 ? ['an exclusion', 'It is'] : [`${keys.length} exclusions`, 'They are'];
  return `The link accepts ${what} that this report does not have: ${names}${keys.length > 5 ? ', …' : ''}. ${those} left out.`;
}

/**
 * What copies the choice, as a file of configuration or as the text of a pull request.
 * @param {ChoiceData} data
 * @param {() => ChoiceOutcome} current
 */
function createCopies(data, current) {
  const select = element('select', { id: 'choice-file', 'aria-label': 'File of configuration' });
  const held = element('pre', { class: 'visually-hidden', 'aria-hidden': 'true' });
  const nameOf = () => (select instanceof HTMLSelectElement ? select.value : '');
  const file = () => filesOf(data, current()).find(({ name }) => name === nameOf())?.content ?? '';
  const request = () => choiceMarkdown(data, current(), firstDialect(data, current()));
  const [copyFile, copyRequest] = [
    copyButton(held, () => hold(held, file()), 'Copy configuration'),
    copyButton(held, () => hold(held, request()), 'Copy pull request text'),
  ];
  const configuration = data.dialects.length === 0 ? [] : [select, copyFile];
  return {
    controls: [...configuration, copyRequest, held],
    /** @param {ChoiceOutcome} outcome */
    show: (outcome) => {
      const names = filesOf(data, outcome).map(({ name }) => name);
      const kept = nameOf();
      if (select.children.length !== names.length)
        select.replaceChildren(...names.map((name) => element('option', { value: name }, [name])));
      if (select instanceof HTMLSelectElement && names.includes(kept)) select.value = kept;
      for (const one of [copyFile, copyRequest, select]) one.toggleAttribute('disabled', outcome.chosen.length === 0);
    },
  };
}

/**
 * @param {HTMLElement} held
 * @param {string} text
 */
function hold(held, text) {
  held.textContent = text;
  return text;
}

/**
 * @param {ChoiceData} data
 * @param {ChoiceOutcome} outcome
 * @returns {readonly ChosenFile[]}
 */
function filesOf(data, outcome) {
  return data.dialects.flatMap((dialect) =>
    joinDraft(dialect.draft, chosenIn(dialect, data, outcome)).files.map(({ name, content }) => ({
      name: `${dialect.name}/${name}`,
      content,
    })),
  );
}

/**
 * @param {ChoiceData} data
 * @param {ChoiceOutcome} outcome
 */
function firstDialect(data, outcome) {
  return filesOf({ ...data, dialects: data.dialects.slice(0, 1) }, outcome);
}
