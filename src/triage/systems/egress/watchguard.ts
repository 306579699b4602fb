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
      'Fireware > WebBlocker action of the policy names the category: have an exception with the host added (Allow), or send from outside of your network; the site has not seen the request',
  },
};
