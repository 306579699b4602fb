import { byId, element } from './dom.js';
import { createVirtualList } from './virtual-list.js';

/** @typedef {import('./sort-cases.js').SortKey} SortKey */
/** @typedef {import('./sort-cases.js').SortOrder} SortOrder */

/** @type {readonly (readonly [SortKey, string])[]} */
const columns = [
  ['verdict', 'Verdict'],
  ['case', 'Case'],
  ['request', 'Request'],
  ['rules', 'Rules'],
  ['score', 'Score'],
  ['time', 'Time'],
];

/** Where the details stand below the list and not beside it, as the style sheet has it. */
export const stackedPanes = '(max-width: 1099px)';

/**
 * What the grid tells of what happens in it.
 * @typedef {object} GridListener
 * @property {(place: number) => HTMLElement} makeRow
 * @property {(place: number) => void} onSelect
 * @property {() => void} onOpen
 * @property {(key: SortKey) => void} onSort
 */

/**
 * @typedef {object} CaseGrid
 * @property {(places: readonly number[], selected: number | undefined) => void} show
 * @property {(place: number) => void} select
 * @property {(order: SortOrder) => void} showOrder
 * @property {() => void} focus
 */

/**
 * The list of cases: rows made as they come into view, moved through by keyboard or mouse.
 * @param {GridListener} listener
 * @returns {CaseGrid}
 */
export function createCaseGrid(listener) {
  const grid = byId('case-list', HTMLElement);
  /** @type {readonly number[]} */
  let places = [];
  let current = -1;

  const list = createVirtualList(grid, byId('case-canvas', HTMLElement), (row) =>
    labelRow(listener.makeRow(places[row] ?? -1), row, row === current),
  );

  /** @param {number} row */
  const moveTo = (row) => {
    current = Math.max(0, Math.min(places.length - 1, row));
    list.reveal(current);
    setActive(grid, current);
    const place = places[current];
    if (place !== undefined) listener.onSelect(place);
  };

  grid.addEventListener('keydown', (event) => {
    const target = event.key === 'Enter' ? undefined : keyTarget(event, current, list.pageLength(), places.length);
    if (event.target !== grid || (target === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    if (target === undefined) listener.onOpen();
    else moveTo(target);
  });
  byId('case-canvas', HTMLElement).addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (!(row instanceof HTMLElement)) return;
    moveTo(Number(row.dataset['row']));
    if (matchMedia(stackedPanes).matches) listener.onOpen();
  });
  const showOrder = createHead(byId('case-head', HTMLElement), listener.onSort);

  return {
    show: (shown, selected) => {
      places = shown;
      current = selected === undefined ? -1 : shown.indexOf(selected);
      grid.setAttribute('aria-rowcount', `${shown.length + 1}`);
      list.setLength(shown.length);
      if (current >= 0) list.reveal(current);
      setActive(grid, current);
    },
    select: (place) => {
      current = places.indexOf(place);
      if (current >= 0) list.reveal(current);
      setActive(grid, current);
    },
    showOrder,
    focus: () => grid.focus(),
  };
}

/**
 * @param {HTMLElement} row
 * @param {number} index
 * @param {boolean} selected
 */
function labelRow(row, index, selected) {
  row.id = `case-row-${index}`;
  row.dataset['row'] = `${index}`;
  row.setAttribute('aria-rowindex', `${index + 2}`);
  row.setAttribute('aria-selected', `${selected}`);
  return row;
}

/**
 * @param {HTMLElement} grid
 * @param {number} row
 */
function setActive(grid, row) {
  if (row < 0) grid.removeAttribute('aria-activedescendant');
  else grid.setAttribute('aria-activedescendant', `case-row-${row}`);
}

/**
 * @param {KeyboardEvent} event
 * @param {number} current
 * @param {number} page
 * @param {number} length
 * @returns {number | undefined}
 */
function keyTarget({ key, altKey, ctrlKey, metaKey }, current, page, length) {
  if (altKey || ctrlKey || metaKey || length === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + page;
    case 'PageUp':
      return current - page;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}

/**
 * @param {HTMLElement} head
 * @param {(key: SortKey) => void} onSort
 * @returns {(order: SortOrder) => void}
 */
function createHead(head, onSort) {
  const cells = columns.map(([key, label]) => {
    const node = element('button', { type: 'button' }, [label]);
    node.addEventListener('click', () => onSort(key));
    return { key, cell: element('div', { role: 'columnheader', class: `cell cell-${key}` }, [node]) };
  });
  head.append(...cells.map(({ cell }) => cell));
  return (order) => {
    for (const { key, cell } of cells) cell.setAttribute('aria-sort', sortState(key, order));
  };
}

/**
 * @param {SortKey} key
 * @param {SortOrder} order
 */
function sortState(key, order) {
  if (key !== order.key) return 'none';
  return order.descending ? 'descending' : 'ascending';
}
