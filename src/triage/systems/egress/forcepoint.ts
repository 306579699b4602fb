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
      'Forcepoint > Reporting > Investigative reports names category and policy: have the URL made an exception (Allowed) there, or send from outside of your network; the site has not seen the request',
  },
};
