import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const sophosUtmWafSystem: System = {
  id: 'sophos-utm-waf',
  name: 'Sophos UTM Web Protection',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup('Powered by UTM Web Protection')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "the page of Sophos's reverse proxy",
    },
  ],
  fixes: {
    'waf-rule':
      'Webserver Protection > Web Application Firewall: reverseproxy.log has the rule id: add it to `Skip Filter Rules` of the firewall profile, or an exception for this path; then send the request again',
  },
};
