import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const ddosGuardSystem: System = {
  id: 'ddos-guard',
  name: 'DDoS-Guard',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^ddos-guard/i), header('set-cookie', /^__ddg/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 503, 429), title(/DDoS-Guard/i)],
      cause: 'challenge',
      grade: 'likely',
      says: "DDoS-Guard's page",
    },
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /^ddos-guard/i), markup(/ddos-guard/i)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'likely',
      says: "DDoS-Guard's page",
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
  ],
  fixes: {
    challenge:
      'personal area > Access rules: allow the address of the test machine or a secret header for the staging host; then the same request has to come through without the check of the browser',
  },
};
