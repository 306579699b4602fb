import { logged } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Cloudflare: lines of logs. */
export const cloudflareLog: readonly RefusalPattern[] = [
  {
    id: 'event-waf-rule',
    by: 'log',
    all: [logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action')],
    cause: 'waf-rule',
    grade: 'proved',
    says: 'the event of Cloudflare names what it did with this request',
  },
  {
    id: 'event-challenge',
    by: 'log',
    all: [logged('cloudflare', /^(?:challenge|jschallenge|js_challenge|managed_?challenge)$/i, 'action')],
    cause: 'challenge',
    grade: 'proved',
    says: 'the event of Cloudflare names what it did with this request',
  },
  {
    id: 'event-source-geo-denied',
    by: 'log',
    all: [
      logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action'),
      logged('cloudflare', /^(?:country)$/i, 'source'),
    ],
    cause: 'geo-denied',
    grade: 'proved',
    says: 'the event of Cloudflare names what blocked this request',
  },
  {
    id: 'event-source-ip-denied',
    by: 'log',
    all: [
      logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action'),
      logged('cloudflare', /^(?:ip|asn|iprange|zonelockdown|securitylevel)$/i, 'source'),
    ],
    cause: 'ip-denied',
    grade: 'proved',
    says: 'the event of Cloudflare names what blocked this request',
  },
  {
    id: 'event-source-rate-limited',
    by: 'log',
    all: [
      logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action'),
      logged('cloudflare', /^(?:ratelimit|l7ddos|dos)$/i, 'source'),
    ],
    cause: 'rate-limited',
    grade: 'proved',
    says: 'the event of Cloudflare names what blocked this request',
  },
  {
    id: 'event-source-user-agent-denied',
    by: 'log',
    all: [
      logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action'),
      logged('cloudflare', /^(?:uablock|bic)$/i, 'source'),
    ],
    cause: 'user-agent-denied',
    grade: 'proved',
    says: 'the event of Cloudflare names what blocked this request',
  },
  {
    id: 'event-source-referer-denied',
    by: 'log',
    all: [
      logged('cloudflare', /^(?:block|drop|connection_?close|close)$/i, 'action'),
      logged('cloudflare', /^(?:hot)$/i, 'source'),
    ],
    cause: 'referer-denied',
    grade: 'proved',
    says: 'the event of Cloudflare names what blocked this request',
  },
];
