import { markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const privoxySystem: System = {
  id: 'privoxy',
  name: 'Privoxy',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [title(/^(?:Request blocked|Request for blocked URL|Privoxy)/), markup(/Privoxy/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the proxy of the client',
    },
  ],
  fixes: {
    'path-denied':
      'have host and path allowed in the filter of your own network, or send from a machine outside of it: the site has not seen the request',
  },
};
