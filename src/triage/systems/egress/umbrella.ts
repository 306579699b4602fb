import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const umbrellaSystem: System = {
  id: 'umbrella',
  name: 'Cisco Umbrella',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('server', /^Cisco Umbrella/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/(?:This site is blocked|block\.opendns\.com)/i), markup(/Cisco Umbrella|opendns/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the DNS filter of the client's own network",
    },
    {
      id: 'server',
      by: 'stock',
      all: [status(403), header('server', /^(?:Cisco Umbrella|OpenDNS)/i)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the DNS filter of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Umbrella > Reporting > Activity Search names the policy: have the domain put into an allow destination list, or resolve by another DNS server; the site has not seen the request',
  },
};
