import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const shieldSecuritySystem: System = {
  id: 'shield-security',
  name: 'Shield Security',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [
        status(403, 503),
        markup(/You were blocked by the Shield|Shield Security|Something in the (?:URL|request).{1,40}triggered/i),
        title(/Shield|Access|Blocked/i),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Shield Security's page",
    },
  ],
  fixes: {
    'waf-rule':
      'Shield > Activity Log names rule and parameter: add it to WAF > Whitelist Parameters (page and parameter), and send the request again',
  },
};
