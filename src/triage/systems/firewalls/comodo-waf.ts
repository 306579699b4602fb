import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const comodoWafSystem: System = {
  id: 'comodo-waf',
  name: 'Comodo cWatch',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^Protected by COMODO WAF/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 503), markup(/Protected by COMODO WAF/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Comodo's page",
    },
  ],
};
