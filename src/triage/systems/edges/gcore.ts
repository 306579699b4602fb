import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const gcoreSystem: System = {
  id: 'gcore',
  name: 'Gcore',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-id-fe')],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/gcore|g-core/i), title(/Access denied|403|Forbidden/i), header('server', /gcore/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Gcore's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'portal > WAAP > Security insights and Events: the request id names the policy; add an `Allow` firewall rule or an exception for this path; then send the request again',
  },
};
