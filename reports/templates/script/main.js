import { createCaseGrid } from './case-grid.js';
import { caseRow } from './case-row.js';
import { createDetailPanel } from './detail-panel.js';
import { byId, element } from './dom.js';
import { createFilter } from './filter-cases.js';
import { createFilterForm } from './filter-form.js';
import { revealTarget } from './folded-target.js';
import { loadData } from './load-data.js';
import { readAddress, writeAddress } from './page-address.js';
import { addCopyButtons } from './page-copies.js';
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
  const detail = createDetailPanel(data, showText);
  let state = readAddress(location.hash);

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
    if (before.criteria !== next.criteria || before.order !== next.order) showList();
    if (before.selected !== next.selected) showSelected();
  };

  const showList = () => {
    const places = sort(filter(state.criteria), state.order);
    form.write(state.criteria);
    grid.showOrder(state.order);
    grid.show(places, state.selected === '' ? places[0] : placeOf.get(state.selected));
    byId('case-count', HTMLElement).textContent = countText(places.length, data.cases.length);
    if (state.selected === '') detail.show(places[0]);
  };

  const showSelected = () => {
    const place = placeOf.get(state.selected);
    if (place !== undefined) grid.select(place);
    detail.show(place);
  };

  const followAddress = () => {
    state = readAddress(location.hash);
    showList();
    if (state.selected !== '') showSelected();
    if (location.hash.includes('=')) byId('cases', HTMLElement).scrollIntoView();
  };

  addEventListener('hashchange', () => {
    revealTarget();
    if (!location.hash.includes('=')) return;
    followAddress();
    grid.focus();
  });
  detail.onLeave(grid.focus);
  byId('case-browser', HTMLElement).hidden = false;
  addCopyButtons(data.files);
  followAddress();
  revealTarget();
}

/**
 * @param {import('./sort-cases.js').SortOrder} order
 * @param {import('./sort-cases.js').SortKey} key
 */
function nextOrder(order, key) {
  return { key, descending: order.key === key && !order.descending };
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
  const cases = all === 1 ? 'case' : 'cases';
  return shown === all ? `${whole} ${cases}` : `${some} of ${whole} ${cases}`;
}

start(await loadData(byId('report-data', HTMLScriptElement)));
