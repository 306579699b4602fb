import { caseDetail } from './case-detail.js';
import { stackedPanes } from './case-grid.js';
import { byId, element } from './dom.js';

/** @typedef {import('../../../src/report/html/report-data.js').ReportData} ReportData */

/**
 * The place where the details of one case are shown.
 * @typedef {object} DetailPanel
 * @property {(place: number | undefined) => void} show
 * @property {() => void} open moves the focus to it
 * @property {(leave: () => void) => void} onLeave what Escape does
 */

/**
 * @param {ReportData} data
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {DetailPanel}
 */
export function createDetailPanel(data, showText) {
  const panel = byId('case-detail', HTMLElement);
  return {
    show: (place) => {
      const item = place === undefined ? undefined : data.cases[place];
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
