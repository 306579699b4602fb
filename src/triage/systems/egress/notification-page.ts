import { header, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const notificationPageSystem: System = {
  id: 'notification-page',
  name: 'Network notification page',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'blocked-200',
      by: 'hosting',
      all: [status(200, 403), title(/Blocked Notification Page/i)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'a page that carriers and companies put in the place of an answer',
      or: ['egress-proxy/path-denied', 'edge/waf-rule', 'waf/waf-rule'],
      seen: ['egress-unknown/blocked-200'],
    },
    {
      id: 'proxy-connection',
      by: 'page',
      all: [
        status(403, 502, 503, 200),
        header('proxy-connection'),
        title(/filter|proxy|access denied|blocked|policy/i),
      ],
      cause: 'path-denied',
      grade: 'likely',
      says: "Proxy-Connection in an answer is a forward proxy's, and the page speaks of a filter",
      source: 'https://github.com/Ekultek/WhatWaf/issues/880',
    },
  ],
  fixes: {
    'path-denied':
      'the page names carrier or company: ask its owner which filter shows it for the host, have host and path allowed there, or send from outside of that network (`curl --interface`); the site has not seen the request',
  },
};
