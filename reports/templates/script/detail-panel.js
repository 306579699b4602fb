import { caseDetail } from './case-detail.js';
import { stackedPanes } from './case-grid.js';
import { byId, element } from './dom.js';

/** @typedef {import('./load-data.js').PageData} PageData */

/**
 * The place where the details of one case are shown.
 * @typedef {object} DetailPanel
 * @property {(place: number | undefined) => Promise<void>} show
 * @property {() => void} open moves the focus to it
 * @property {(leave: () => void) => void} onLeave what Escape does
 */

/**
 * @param {PageData} data
 * @param {import('./case-store.js').CaseStore} store
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {DetailPanel}
 */
export function createDetailPanel(data, store, showText) {
  const panel = byId('case-detail', HTMLElement);
  let asked = 0;
  return {
    show: async (place) => {
      asked += 1;
      const own = asked;
      const item = place === undefined ? undefined : await store.view(place);
      if (own !== asked) return;
      panel.replaceChildren(...(item === undefined ? [noCase()] : caseDetail(data, item, showText)));
      panel.scrollTop = 0;
    },
    open: () => {
      panel.focus({ preventScroll: true });
      const block = matchMedia(stackedPanes).matches ? 'start' : 'nearest';
      panel.querySelector('.case-id')?.scrollIntoView({ block });
    },
    onLeave: (leave) => {
      panel.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') leave();
      });
    },
  };
}

function noCase() {
  return element('p', { class: 'empty' }, ['No case fits the filters.']);
}
