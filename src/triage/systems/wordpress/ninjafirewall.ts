import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const ninjafirewallSystem: System = {
  id: 'ninjafirewall',
  name: 'NinjaFirewall',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [
        status(403),
        title(/^NinjaFirewall: 403 Forbidden$|NinjaFirewall/),
        markup(/Sorry (?:#\d+|.{1,40}), your request cannot be (?:processed|proceeded)/),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "NinjaFirewall's page",
    },
    {
      id: 'page-2',
      by: 'page',
      all: [status(403), markup('NinjaFirewall'), markup(/your request cannot be (?:processed|proceeded)/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "NinjaFirewall's page",
    },
  ],
  fixes: {
    'waf-rule':
      'NinjaFirewall > Firewall Log: the incident number names the rule: disable that one under Rules Editor, or add the address to Access Control > Allowed IPs; then send the request again',
  },
};
