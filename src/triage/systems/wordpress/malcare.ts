import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const malcareSystem: System = {
  id: 'malcare',
  name: 'MalCare',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403), markup(/(?:Firewall|Login Protection)/), markup(/Powered by.{0,120}(?:MalCare|blogvault)/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "MalCare's page",
    },
  ],
  fixes: {
    'waf-rule':
      'MalCare dashboard > Firewall > Traffic Requests names the request: whitelist the address of the test machine or the URL, and send the request again',
  },
};
