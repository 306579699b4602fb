import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const arvanSystem: System = {
  id: 'arvan',
  name: 'ArvanCloud',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^ArvanCloud/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), header('server', /^ArvanCloud/), markup(/arvancloud/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "ArvanCloud's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'title',
      by: 'page',
      all: [status(403, 429), title(/ArvanCloud/i)],
      cause: 'challenge',
      grade: 'likely',
      says: "ArvanCloud's page",
    },
  ],
  fixes: {
    'waf-rule':
      'panel > CDN > WAF > Logs name the rule: add an exception for it at this path (or `Detect` for that rule group there), and send the request again',
    challenge:
      'panel > CDN > DDoS protection: add a rule for the staging host or the address of the test machine with `off`; then the same request has to come through',
  },
};
