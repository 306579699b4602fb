import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const greywizardSystem: System = {
  id: 'greywizard',
  name: 'Grey Wizard',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^greywizard/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(403),
        markup(/We've detected attempted attack or non standard traffic from your IP address/i),
        title('Grey Wizard'),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Grey Wizard's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'panel > Logs name the rule by time and address: add an exception for this URL, and send the request again',
  },
};
