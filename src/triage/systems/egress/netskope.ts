import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const netskopeSystem: System = {
  id: 'netskope',
  name: 'Netskope',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('server', /^Netskope/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/netskope/i), markup(/(?:blocked|User Alert|policy)/i), status(200, 403)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the proxy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Netskope > Skope IT > Page Events names the Real-time Protection policy: have the host put into an allowed custom category, or send from outside of your network; the site has not seen the request',
  },
};
