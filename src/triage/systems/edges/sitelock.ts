import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const sitelockSystem: System = {
  id: 'sitelock',
  name: 'SiteLock',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 200), markup(/SiteLock/), markup(/sitelock_shield_logo|SiteLock Incident ID/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "SiteLock's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'TrueShield dashboard > Security > Settings: whitelist URL and parameter for the threat that the incident names; then send the request again',
  },
};
