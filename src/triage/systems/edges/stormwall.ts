import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const stormwallSystem: System = {
  id: 'stormwall',
  name: 'StormWall',
  layer: 'edge',
  source: 'https://github.com/Ekultek/WhatWaf/issues/1074',
  rides: [header('x-firewall-port')],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), title('Error 403: Access Denied'), markup('static.stormwall.pro/error_pages')],
      cause: 'unknown',
      grade: 'proved',
      says: "StormWall's page for 403; what it is about, its panel tells",
      or: ['edge/waf-rule', 'edge/ip-denied', 'edge/geo-denied', 'edge/challenge'],
    },
  ],
  fixes: {
    'waf-rule':
      'look the time, the address and the URL up in the StormWall panel (HTTP filters): it names the rule; except this URL from it, and send the request again',
  },
};
