import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const watchguardSystem: System = {
  id: 'watchguard',
  name: 'WatchGuard',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('server', /^WatchGuard/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/Request denied by WatchGuard Firewall/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the gateway of the client's own network",
    },
    {
      id: 'technologies',
      by: 'page',
      all: [markup(/WatchGuard(?: Technologies)?/), markup(/(?:denied|blocked)/i), status(403)],
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
