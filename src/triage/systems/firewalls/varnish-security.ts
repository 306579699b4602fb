import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const varnishSecuritySystem: System = {
  id: 'varnish-security',
  name: 'CacheWall',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/Security by CacheWall/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "CacheWall's page",
    },
    {
      id: 'policy',
      by: 'page',
      all: [status(403), markup('Access is blocked according to our site security policy')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "CacheWall's page",
    },
    {
      id: 'challenge',
      by: 'header',
      all: [header('x-cachewall-action', 'challenge')],
      cause: 'challenge',
      grade: 'proved',
      says: 'CacheWall sets X-Cachewall-Action where it stops a request: the client is to prove that it is a browser',
      source: 'https://github.com/Ekultek/WhatWaf/issues/105',
    },
    {
      id: 'action',
      by: 'header',
      all: [header('x-cachewall-action', /^(?!challenge$)/), status(403, 404, 503)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'CacheWall sets X-Cachewall-Action where it stops a request',
      source: 'https://github.com/Ekultek/WhatWaf/issues/105',
    },
  ],
  fixes: {
    'waf-rule':
      'CacheWall > Logs (cPanel/WHM) name the rule by time and address: add the URL to its exceptions, and send the request again',
    challenge:
      'CacheWall > Firewall in WHM: allow the address of the test machine; then the same request has to come back without X-Cachewall-Action',
  },
};
