import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const sonicwallSystem: System = {
  id: 'sonicwall',
  name: 'SonicWall',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('server', /^SonicWALL/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/This request is blocked by the SonicWALL/i), status(200, 403)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the gateway of the client's own network",
    },
    {
      id: 'policy',
      by: 'page',
      all: [title(/^Web Site Blocked$/), markup(/SonicWall|nsa_banner/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the policy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Policies > Content Filter (CFS) names policy and category: have the domain put into its allowed URI list, or send from outside of your network; the site has not seen the request',
  },
};
