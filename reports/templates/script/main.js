import './node-buffer.js';
import { createCardList } from './card-list.js';
import { createCaseGrid } from './case-grid.js';
import { caseRow } from './case-row.js';
import { createCaseStore } from './case-store.js';
import { createChoice } from './choice.js';
import { createDetailPanel } from './detail-panel.js';
import { byId, element } from './dom.js';
import { createFilter, createFindingFilter } from './filter-cases.js';
import { createFilterForm } from './filter-form.js';
import { loadData } from './load-data.js';
import { openAround, unfoldOnDemand } from './markup.js';
import { readAddress, writeAddress } from './page-address.js';
import { addCopyButtons, createConfigurations } from './page-copies.js';
import { preparePrint } from './print-page.js';
import { createSearchTexts } from './search-texts.js';
import { createSorter } from './sort-cases.js';
import { createShowText } from './visible-text.js';

/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('./page-address.js').PageState} PageState */

/**
 * Brings the lists of findings, exclusions and cases to life.
 * @param {PageData} data
 */
function start(data) {
  const showText = createShowText(data.invisible);
  const store = createCaseStore(data);
  const texts = createSearchTexts(data, store);
  const filter = createFilter(data, texts);
  const filterFindings = createFindingFilter(data);
  const sort = createSorter(data);
  // An address holds well-formed text only.
  const keys = data.cases.map(({ id }) => id.toWellFormed());
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const detail = createDetailPanel(data, store, showText);
  const findings = createCardList(byId('finding-list', HTMLElement), data.cards.findings, addCopyButtons);
  const configurations = createConfigurations(data.files, showText);
  let state = readAddress(location.hash);
  const choice = createChoice(data.choice, {
    onChange: (accepted) => setState({ ...state, accepted }),
    onFiles: configurations.show,
  });
  const exclusions = createExclusionList(data, (added) => {
    addCopyButtons(added);
    choice.mark(added);
  });

  const grid = createCaseGrid({
    makeRow: (place) => rowOf(data, place, showText),
    onSelect: (place) => setState({ ...state, selected: keys[place] ?? '' }),
    onOpen: detail.open,
    onSort: (key) => setState({ ...state, order: nextOrder(state.order, key) }),
  });
  const form = createFilterForm(data, showText, () => setState({ ...state, criteria: form.read() }));

  /** @param {PageState} next */
  const setState = (next) => {
    const before = state;
    state = next;
    history.replaceState(null, '', writeAddress(state));
    if (before.criteria !== next.criteria || before.order !== next.order) showLists();
    if (before.selected !== next.selected) showSelected();
  };

  const showLists = () => {
    const places = sort(filter(state.criteria), state.order);
    form.write(state.criteria);
    grid.showOrder(state.order);
    grid.show(places, state.selected === '' ? places[0] : placeOf.get(state.selected));
    showFindings(places);
    byId('case-count', HTMLElement).textContent = countText(places.length, data.cases.length, 'case');
    if (state.selected === '') void detail.show(places[0]);
    if (state.criteria.q !== '' && !texts.isComplete()) void texts.complete().then(showLists);
  };

  /** @param {readonly number[]} places */
  const showFindings = (places) => {
    const shown = filterFindings(state.criteria, places);
    findings.show(shown);
    byId('finding-count', HTMLElement).textContent = countText(shown.length, data.cards.findings.length, 'group');
  };

  const showSelected = () => {
    const place = placeOf.get(state.selected);
    if (place !== undefined) grid.select(place);
    void detail.show(place);
  };

  const followAddress = () => {
    state = withChoice(readAddress(location.hash), state);
    choice.follow(state.accepted);
    showLists();
    if (state.selected !== '') showSelected();
    if (isAboutCases(location.hash)) byId(sectionOf(state), HTMLElement).scrollIntoView();
  };

  addEventListener('hashchange', () => {
    exclusions.revealTarget();
    if (location.hash.includes('=')) followAddress();
    if (isAboutCases(location.hash)) grid.focus();
    else if (state.accepted.length > 0) history.replaceState(null, '', writeAddress(state));
  });
  detail.onLeave(grid.focus);
  unfoldOnDemand(addCopyButtons);
  for (const name of ['case-browser', 'filters']) byId(name, HTMLElement).hidden = false;
  preparePrint(configurations, showText);
  followAddress();
  exclusions.revealTarget();
}

/**
 * What an address is about besides a choice.
 * @param {string} hash
 */
function isAboutCases(hash) {
  return [...new URLSearchParams(hash.replace(/^#/, ''))].some(([key, value]) => key !== 'accept' && value !== '');
}

/**
 * A link within the page that says nothing of the choice leaves it as it is.
 * @param {PageState} next
 * @param {PageState} before
 * @returns {PageState}
 */
function withChoice(next, before) {
  return next.accepted.length > 0 ? next : { ...next, accepted: before.accepted };
}

/**
 * The exclusions, and what brings the one into view that the address names. An address with `=` in it is about cases.
 * @param {PageData} data
 * @param {(added: ParentNode) => void} onAdd
 */
function createExclusionList({ cards }, onAdd) {
  const box = document.getElementById('exclusion-list');
  const list = box === null ? undefined : createCardList(box, cards.exclusions, onAdd);
  list?.show([...cards.exclusions.keys()]);
  return {
    revealTarget: () => {
      const id = location.hash.slice(1);
      if (id === '' || id.includes('=')) return;
      const place = cards.exclusions.findIndex(({ anchors }) => anchors.includes(id));
      if (place >= 0) list?.reveal(place);
      const target = document.getElementById(id);
      if (target === null) return;
      openAround(target);
      if (place < 0) return;
      for (const old of document.querySelectorAll('.is-target')) old.classList.remove('is-target');
      target.classList.add('is-target');
      target.scrollIntoView();
    },
  };
}

/**
 * Where an address leads: a search is for findings first, all else is about cases.
 * @param {PageState} state
 */
function sectionOf({ criteria, selected }) {
  const isSearch = criteria.q !== '' && selected === '' && criteria.verdict === '' && criteria.finding === '';
  return isSearch && document.querySelector('#finding-list .finding') !== null ? 'findings' : 'cases';
}

/**
 * @param {import('./sort-cases.js').SortOrder} order
 * @param {import('./sort-cases.js').SortKey} key
 */
function nextOrder(order, key) {
  return { key, descending: order.key === key && !order.descending };
}

/**
 * @param {PageData} data
 * @param {number} place
 * @param {import('./visible-text.js').ShowText} showText
 */
function rowOf(data, place, showText) {
  const item = data.cases[place];
  return item === undefined ? element('div', { role: 'row' }) : caseRow(data, item, showText);
}

/**
 * @param {number} shown
 * @param {number} all
 * @param {string} one
 */
function countText(shown, all, one) {
  const [some, whole] = [shown, all].map((count) => count.toLocaleString('en-US'));
  const things = all === 1 ? one : `${one}s`;
  return shown === all ? `${whole} ${things}` : `${some} of ${whole} ${things}`;
}

start(await loadData());
