import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const wallarmSystem: System = {
  id: 'wallarm',
  name: 'Wallarm',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /nginx-wallarm/i)],
  refusals: [
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /nginx-wallarm/i)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'a node of Wallarm answered',
      or: ['waf/waf-rule', 'edge/waf-rule', 'server/path-denied'],
    },
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/wallarm/i), markup(/blocked|malicious/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Wallarm's page",
    },
  ],
  fixes: {
    'waf-rule':
      'console > Attacks: find it by time and path, mark the hit as false positive; Wallarm makes the rule `Ignore certain attacks` for that parameter; then send the request again',
  },
};
