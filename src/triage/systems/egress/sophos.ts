import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const sophosSystem: System = {
  id: 'sophos',
  name: 'Sophos Web Protection',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/Sophos (?:Web|UTM|XG|Firewall|Central)/i), markup(/(?:blocked|Stop!)/i), status(200, 403)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the filter of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'have host and path allowed in the filter of your own network, or send from a machine outside of it: the site has not seen the request',
  },
};
