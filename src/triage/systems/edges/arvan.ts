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
};
