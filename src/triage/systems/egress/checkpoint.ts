import { markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const checkpointSystem: System = {
  id: 'checkpoint',
  name: 'Check Point gateway',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [title(/UserCheck|Check Point/i), markup(/(?:blocked|Page Blocked)/i)],
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
