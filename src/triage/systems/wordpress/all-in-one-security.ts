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
};
