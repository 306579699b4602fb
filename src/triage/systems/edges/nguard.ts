import { header, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const nguardSystem: System = {
  id: 'nguard',
  name: 'NGuard',
  layer: 'edge',
  source: 'https://github.com/Ekultek/WhatWaf/issues/147',
  rides: [header('server', /^NGUARDX?/i)],
  refusals: [
    {
      id: 'block',
      by: 'page',
      all: [status(403, 406), header('server', /^NGUARDX?/i), title('Your Request Blocked')],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'its page for a security rule',
      or: ['waf/waf-rule'],
    },
  ],
  fixes: {
    'waf-rule':
      'ask the owner of the edge for the rule at the time of the request, by address and URL; except this URL from it, and send the request again',
  },
};
