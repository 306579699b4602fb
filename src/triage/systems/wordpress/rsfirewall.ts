import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const rsfirewallSystem: System = {
  id: 'rsfirewall',
  name: 'RSFirewall',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403), markup(/com_rsfirewall|RSFirewall!/), markup(/forbidden|blocked/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "RSFirewall's page",
    },
  ],
  fixes: {
    'waf-rule':
      'RSFirewall! > Threats (or system logs) name the check: except the component or the URL in Firewall Configuration > Active Scanner, and send the request again',
  },
};
