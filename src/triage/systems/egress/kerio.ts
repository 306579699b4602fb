import { markup } from '../../sign.js';
import type { System } from '../../system.js';

export const kerioSystem: System = {
  id: 'kerio',
  name: 'Kerio Control',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/Kerio Control/), markup(/(?:denied|blocked)/i)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the gateway of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'have host and path allowed in the filter of your own network, or send from a machine outside of it: the site has not seen the request',
  },
};
