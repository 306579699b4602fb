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
      'Kerio Control > Content Filter (and the Filter log) names the rule: have one that allows the URL put above it, or send from outside of your network; the site has not seen the request',
  },
};
