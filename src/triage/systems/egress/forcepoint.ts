import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const forcepointSystem: System = {
  id: 'forcepoint',
  name: 'Forcepoint',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('x-forcepoint')],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/(?:Websense|Forcepoint)/), markup(/(?:blocked|restricted)/i), status(200, 302, 403)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the proxy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'have host and path allowed in the filter of your own network, or send from a machine outside of it: the site has not seen the request',
  },
};
