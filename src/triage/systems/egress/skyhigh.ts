import { header, markup } from '../../sign.js';
import type { System } from '../../system.js';

export const skyhighSystem: System = {
  id: 'skyhigh',
  name: 'Skyhigh (McAfee) Web Gateway',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('via', /McAfee Web Gateway/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/(?:McAfee|Skyhigh|Trellix) Web Gateway|mwg-internal/), markup(/(?:blocked|denied)/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the proxy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Web Gateway > Policy > Rule sets: the block page names rule and category; have the host put into the URL whitelist of that rule set, or send from outside of your network',
  },
};
