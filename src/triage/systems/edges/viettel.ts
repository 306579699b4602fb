import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const viettelSystem: System = {
  id: 'viettel',
  name: 'Viettel Cloudrity',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), title(/^Access Denied.{0,6}Viettel WAF$/i), markup(/cloudrity|Viettel/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Viettel's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'Viettel Cloudrity portal > Log: the Rayid or event id on the page names the rule; add an exception for this URL; then send the request again',
  },
};
