import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const tencentWafSystem: System = {
  id: 'tencent-waf',
  name: 'Tencent Cloud WAF',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 405, 500), markup(/waf\.tencent-cloud\.com|imgcache\.qq\.com\/qcloud\/security/), markup(/./)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Tencent's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > WAF > Attack Logs: the UUID on the page names the rule id; add it with this path under Basic Security > Allowlist; then send the request again',
  },
};
