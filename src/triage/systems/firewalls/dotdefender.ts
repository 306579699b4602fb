import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const dotdefenderSystem: System = {
  id: 'dotdefender',
  name: 'dotDefender',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup('dotDefender Blocked Your Request'), status(200, 403, 501)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "dotDefender's page",
    },
    {
      id: 'header',
      by: 'header',
      all: [header('x-dotdefender-denied', '1')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'dotDefender says so in a header',
    },
  ],
  fixes: {
    'waf-rule':
      'the Applicure event log: the reference id names category and rule; add the URL and parameter to the white list of that rule (Administration Console > site > Patterns); then send the request again',
  },
};
