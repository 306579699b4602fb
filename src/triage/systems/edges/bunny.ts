import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const bunnySystem: System = {
  id: 'bunny',
  name: 'Bunny CDN',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^BunnyCDN/), header('cdn-requestid')],
  refusals: [
    {
      id: 'shield',
      by: 'page',
      all: [status(403), header('server', /^BunnyCDN/), markup(/bunny/i), title(/./)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'the page of Bunny Shield',
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'own',
      by: 'status',
      all: [status(403), header('server', /^BunnyCDN/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'an answer behind or of Bunny: token, country, referrer or shield',
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
    {
      id: 'stock-403',
      by: 'page',
      all: [status(403), header('server', /^BunnyCDN/), title('403 Forbidden')],
      cause: 'unknown',
      layer: 'edge',
      grade: 'likely',
      says: 'Bunny made this answer itself: token, country, referer or address',
      or: ['edge/path-denied', 'edge/referer-denied', 'edge/geo-denied', 'edge/ip-denied', 'edge/signed-url'],
    },
  ],
  fixes: {
    'waf-rule':
      'dash.bunny.net > Shield > Event Logs name the rule id: switch it to `Log only` or add an exclusion for this path under WAF > Rules; then send the request again',
  },
};
