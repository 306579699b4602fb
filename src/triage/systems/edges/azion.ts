import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const azionSystem: System = {
  id: 'azion',
  name: 'Azion',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-azion-request-id')],
  refusals: [
    {
      id: 'block',
      by: 'stock',
      all: [status(403), header('x-azion-request-id'), markup(/azion/i)],
      cause: 'waf-rule',
      grade: 'possible',
      says: "Azion's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'Real-Time Manager > Edge Firewall > WAF Tuning: filter by x-azion-request-id or path, select the possible attack, and `Allow Rules` for this zone and path; then send the request again',
  },
};
