import { header, heading, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const sucuriSystem: System = {
  id: 'sucuri',
  name: 'Sucuri',
  layer: 'edge',
  source: 'wafw00f, plugins/sucuri.py; https://github.com/Ekultek/WhatWaf/issues/312',
  rides: [header('x-sucuri-id'), header('server', /^Sucuri\/Cloudproxy/i), header('x-sucuri-cache')],
  refusals: [
    {
      id: 'block',
      by: 'header',
      all: [header('x-sucuri-block')],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'X-Sucuri-Block is there only where Sucuri refuses; its value names the rule',
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
      seen: ['sucuri/godaddy-label'],
    },
    {
      id: 'block-flood',
      by: 'header',
      all: [header('x-sucuri-block', /^DDOS/i), status(403, 429, 503)],
      cause: 'unknown',
      grade: 'proved',
      says: 'X-Sucuri-Block names a rule against floods: a rate, or a challenge',
      or: ['edge/rate-limited', 'edge/challenge', 'edge/ip-denied'],
      seen: ['sucuri/ddos'],
    },
    {
      id: 'block-address',
      by: 'header',
      all: [header('x-sucuri-block', /^(?:BLACK|BL0|IP)/i), status(403)],
      cause: 'ip-denied',
      grade: 'likely',
      says: 'X-Sucuri-Block names a list of addresses',
    },
    {
      id: 'block-country',
      by: 'header',
      all: [header('x-sucuri-block', /^(?:GEO|CBL|COUNTRY)/i), status(403)],
      cause: 'geo-denied',
      grade: 'likely',
      says: 'X-Sucuri-Block names a country rule',
    },
    {
      id: 'page',
      by: 'page',
      all: [
        status(403, 503),
        title(/(?:Sucuri Web ?Site Firewall|GoDaddy (?:Security|Website Firewall)) - (?:Access Denied|.{1,60})/i),
        markup(/cloudproxy@sucuri\.net|sucuri-firewall-block|cdn\.sucuri\.net/),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Sucuri's block page",
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
    },
    {
      id: 'challenge',
      by: 'page',
      all: [title(/You are being redirected/i), markup('sucuri_cloudproxy_js')],
      cause: 'challenge',
      grade: 'proved',
      says: "Sucuri's challenge for browsers",
    },
    {
      id: 'page-h1',
      by: 'page',
      all: [
        status(403, 503),
        title(/(?:Sucuri Web ?Site Firewall|GoDaddy (?:Security|Website Firewall)) - Access Denied/i),
        heading(/^Access Denied/i),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Sucuri's block page",
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
    },
    {
      id: 'page-country',
      by: 'page',
      all: [
        status(403),
        title(/(?:Sucuri Web ?Site Firewall|GoDaddy (?:Security|Website Firewall)) - Access Denied/i),
        markup(/Access from your Country was disabled|geo.{0,20}block/i),
        markup(/Block reason/i),
      ],
      cause: 'geo-denied',
      grade: 'proved',
      says: "Sucuri's block page names the country rule",
    },
    {
      id: 'page-address',
      by: 'page',
      all: [
        status(403),
        title(/(?:Sucuri Web ?Site Firewall|GoDaddy (?:Security|Website Firewall)) - Access Denied/i),
        markup(
          /IP (?:Address )?(?:was |is |has been )?(?:blacklisted|not whitelisted|blocked)|Your IP address has been/i,
        ),
        markup(/Block reason/i),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: "Sucuri's block page names a list of addresses",
    },
    {
      id: 'backend',
      by: 'page',
      all: [status(502, 503, 504), title(/Sucuri Web ?Site Firewall - (?:Back-?end|Gateway|Not Configured)/i)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Sucuri got no valid answer from the site',
    },
  ],
  fixes: {
    'upstream-down':
      'dashboard > General > Hosting IP Address: mend the address of the origin, and let the addresses of Sucuri through its firewall; then send the request again',
    'ip-denied':
      'dashboard > Access Control > Allow IP Addresses: allow the address of the test machine; then send the request again',
    'geo-denied':
      'dashboard > Access Control > Geo Blocking: allow the country for POST or viewing, or allow the address itself; then send the request again',
    challenge:
      'dashboard > Security > Emergency DDoS protection or `Browser fingerprint`: allow the address of the test machine; then the same request has to come through without the script',
    'waf-rule':
      'allow the path or the parameter in the Sucuri dashboard (Access Control), or open a ticket with the block id; send the request again',
  },
  references: [{ header: 'x-sucuri-block', as: 'block id' }],
};
