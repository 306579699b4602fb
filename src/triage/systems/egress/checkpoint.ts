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
      'SmartConsole > Logs (blade: URL Filtering, Application Control) names the rule: have one that accepts the host put above it, install the policy, or send from outside of your network',
  },
};
