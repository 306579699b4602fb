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
  fixes: {
    'waf-rule':
      'WHM > Comodo WAF > Catalog: switch the one rule id that the error log names to off for this domain, or `SecRuleRemoveById ID` in a LocationMatch of the virtual host; reload, and send the request again',
  },
};
