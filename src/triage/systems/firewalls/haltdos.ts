import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const haltdosSystem: System = {
  id: 'haltdos',
  name: 'HaltDos',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/haltdos/i), markup(/blocked|Attack/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "HaltDos's page",
    },
  ],
  fixes: {
    'waf-rule':
      'console > Events: the event id names the signature; whitelist it for this URL (WAF > Rules > Exceptions); then send the request again',
  },
};
