import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const bitninjaSystem: System = {
  id: 'bitninja',
  name: 'BitNinja',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/Security check by BitNinja|Visitor anti-?robot validation/i), status(200, 403, 503)],
      cause: 'challenge',
      grade: 'likely',
      says: "BitNinja's page",
    },
  ],
  fixes: {
    challenge:
      'BitNinja dashboard > Firewall > Allowlist: add the address of the test machine (`bitninjacli --whitelist --add=ADDRESS`); then the same request has to come through',
  },
};
