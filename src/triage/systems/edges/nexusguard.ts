import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const nexusguardSystem: System = {
  id: 'nexusguard',
  name: 'Nexusguard',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/speresources\.nexusguard\.com\/wafpage/), markup(/./)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Nexusguard's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'portal > WAF > Event log names the signature: add a whitelist rule for this URI and parameter; then send the request again',
  },
};
