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
      all: [
        markup(/Sophos (?:Web|UTM|XG|Firewall|Central)|Powered by Sophos/i),
        markup(/(?:blocked|Stop!)/i),
        status(200, 403),
      ],
      cause: 'path-denied',
      grade: 'likely',
      says: "the filter of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Web > Policies (Sophos Firewall), or http.log of the UTM, names the category: have an exception for the URL made there, or send from outside of your network; the site has not seen the request',
  },
};
