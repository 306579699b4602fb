import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const allInOneSecuritySystem: System = {
  id: 'all-in-one-security',
  name: 'All-In-One Security',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403), markup(/aiowps|All[- ]In[- ]One (?:WP )?Security/i), markup(/forbidden|blocked|locked/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "All-In-One Security's page",
    },
  ],
  fixes: {
    'waf-rule':
      'WP Security > Dashboard > Audit log and Firewall > Advanced settings: add the address of the test machine to the 6G allow list, or switch the one 6G rule off; then send the request again',
  },
};
