import { caseDetail } from './case-detail.js';
import { createCaseGrid } from './case-grid.js';
import { caseRow } from './case-row.js';
import { byId, element } from './dom.js';
import { createFilter } from './filter-cases.js';
import { createFilterForm } from './filter-form.js';
import { loadData } from './load-data.js';
import { readAddress, writeAddress } from './page-address.js';
import { createSorter } from './sort-cases.js';
import { createShowText } from './visible-text.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */
/** @typedef {import('./page-address.js').PageState} PageState */

/**
 * Brings the list of cases to life.
 * @param {ReportData} data
 */
function start(data) {
  const showText = createShowText(data.invisible);
  const filter = createFilter(data);
  const sort = createSorter(data);
  // An address holds well-formed text only.
  const keys = data.cases.map(({ id }) => id.toWellFormed());
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const detail = byId('case-detail', HTMLElement);
  let state = readAddress(location.hash);

  const grid = createCaseGrid({
    makeRow: (place) => rowOf(data, place, showText),
    onSelect: (place) => setState({ ...state, selected: keys[place] ?? '' }),
    onOpen: () => detail.focus(),
    onSort: (key) =>
      setState({ ...state, order: { key, descending: state.order.key === key && !state.order.descending } }),
  });
  const form = createFilterForm(data, showText, () => setState({ ...state, criteria: form.read() }));

  /** @param {PageState} next */
  const setState = (next) => {
    const before = state;
    state = next;
    history.replaceState(null, '', writeAddress(state));
    if (before.criteria !== next.criteria || before.order !== next.order) showList();
    if (before.selected !== next.selected) showSelected();
  };

  const showList = () => {
    const places = sort(filter(state.criteria), state.order);
    form.write(state.criteria);
    grid.showOrder(state.order);
    grid.show(places, state.selected === '' ? places[0] : placeOf.get(state.selected));
    byId('case-count', HTMLElement).textContent = countText(places.length, data.cases.length);
    if (state.selected === '') showDetail(places[0]);
  };

  const showSelected = () => {
    const place = placeOf.get(state.selected);
    if (place !== undefined) grid.select(place);
    showDetail(place);
  };

  /** @param {number | undefined} place */
  const showDetail = (place) => {
    const item = place === undefined ? undefined : data.cases[place];
    const nodes = item === undefined ? [noCase()] : caseDetail(data, item, showText);
    detail.replaceChildren(...nodes);
    detail.scrollTop = 0;
  };

  const followAddress = () => {
    if (!location.hash.includes('=')) return;
    state = readAddress(location.hash);
    showList();
    showSelected();
    byId('cases', HTMLElement).scrollIntoView();
    grid.focus();
  };

  addEventListener('hashchange', followAddress);
  detail.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') grid.focus();
  });
  byId('case-browser', HTMLElement).hidden = false;
  showList();
  if (state.selected !== '') showSelected();
  if (location.hash.includes('=')) byId('cases', HTMLElement).scrollIntoView();
}

/**
 * @param {ReportData} data
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
 */
function countText(shown, all) {
  const [some, whole] = [shown, all].map((count) => count.toLocaleString('en-US'));
  return shown === all ? `${whole} cases` : `${some} of ${whole} cases`;
}

function noCase() {
  return element('p', { class: 'empty' }, ['No case is selected.']);
}

start(await loadData(byId('report-data', HTMLScriptElement)));
