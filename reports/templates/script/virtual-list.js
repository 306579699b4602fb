/**
 * A list of which only the rows in view are in the document, so that its length does not matter.
 * @typedef {object} VirtualList
 * @property {(length: number) => void} setLength shows other rows, from the top
 * @property {() => void} refresh makes the rows in view again
 * @property {(row: number) => void} reveal scrolls until a row is in view
 * @property {() => number} pageLength how many rows fit
 */

const spareRows = 8;

/**
 * @param {HTMLElement} scroller
 * @param {HTMLElement} canvas
 * @param {(row: number) => HTMLElement} makeRow
 * @returns {VirtualList}
 */
export function createVirtualList(scroller, canvas, makeRow) {
  let length = 0;
  let pending = 0;
  /** @type {readonly [number, number]} */
  let shown = [0, 0];

  const rowHeight = () => Number.parseFloat(getComputedStyle(canvas).getPropertyValue('--row-height')) || 44;

  // The head of the list stays above the rows.
  const viewHeight = () => scroller.clientHeight - canvas.offsetTop;

  const rowsInView = () => {
    const first = Math.floor(scroller.scrollTop / rowHeight());
    const count = Math.ceil(viewHeight() / rowHeight());
    return /** @type {const} */ ([Math.max(0, first - spareRows), Math.min(length, first + count + spareRows)]);
  };

  /** @param {boolean} force */
  const draw = (force) => {
    pending = 0;
    const [from, to] = rowsInView();
    if (!force && from === shown[0] && to === shown[1]) return;
    shown = [from, to];
    const rows = Array.from({ length: to - from }, (_, index) =>
      placeRow(makeRow(from + index), from + index, rowHeight()),
    );
    canvas.replaceChildren(...rows);
  };

  const refresh = () => {
    canvas.style.setProperty('--list-height', `${length * rowHeight()}px`);
    draw(true);
  };

  scroller.addEventListener('scroll', () => {
    if (pending === 0) pending = requestAnimationFrame(() => draw(false));
  });
  new ResizeObserver(refresh).observe(scroller);

  return {
    refresh,
    setLength: (rows) => {
      length = rows;
      scroller.scrollTop = 0;
      refresh();
    },
    reveal: (row) => {
      const top = row * rowHeight();
      const bottom = top + rowHeight() - viewHeight();
      scroller.scrollTop = Math.min(top, Math.max(bottom, scroller.scrollTop));
      draw(true);
    },
    pageLength: () => Math.max(1, Math.floor(viewHeight() / rowHeight()) - 1),
  };
}

/**
 * @param {HTMLElement} row
 * @param {number} index
 * @param {number} height
 */
function placeRow(row, index, height) {
  row.style.setProperty('--row-top', `${index * height}px`);
  return row;
}
