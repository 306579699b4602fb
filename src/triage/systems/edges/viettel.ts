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
};
