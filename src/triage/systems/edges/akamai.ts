import { header, heading, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const akamaiSystem: System = {
  id: 'akamai',
  name: 'Akamai',
  layer: 'edge',
  source: 'wafw00f, plugins/kona.py; https://github.com/Ekultek/WhatWaf/issues/1162',
  rides: [
    header('server', /^AkamaiGHost/),
    header('akamai-grn'),
    header('akamai-cache-status'),
    header('x-akamai-transformed'),
  ],
  refusals: [
    {
      id: 'denied-18',
      by: 'page',
      all: [
        status(403),
        title('Access Denied'),
        heading('Access Denied'),
        markup(/You don't have permission to access "https?:/),
        markup(/Reference #18\./),
      ],
      cause: 'unknown',
      grade: 'proved',
      says: "Akamai's page with a reference that begins with 18: refused by the security configuration; which kind of rule, the reference tells",
      or: ['edge/waf-rule', 'edge/ip-denied', 'edge/geo-denied', 'edge/user-agent-denied', 'edge/rate-limited'],
      next: 'the reference number, looked up by the owner of the property (translate error string)',
      seen: ['akamai/ref18'],
    },
    {
      id: 'denied',
      by: 'page',
      all: [
        status(403),
        title('Access Denied'),
        heading('Access Denied'),
        markup(/You don't have permission to access "https?:/),
        markup(/Reference #\d{1,3}\.[\da-f]{4,}\.\d{6,}\.[\da-f]{4,}/),
      ],
      cause: 'unknown',
      grade: 'proved',
      says: "Akamai's page; which kind of rule, its reference tells",
      or: ['edge/waf-rule', 'edge/path-denied', 'edge/ip-denied', 'edge/geo-denied'],
      next: 'the reference number, looked up by the owner of the property (translate error string)',
    },
    {
      id: 'denied-plain',
      by: 'hosting',
      all: [
        status(403),
        title('Access Denied'),
        heading('Access Denied'),
        markup(/Reference #?\d{1,3}\.[\da-f]{4,}\.\d{6,}\.[\da-f]{4,}/),
      ],
      cause: 'unknown',
      grade: 'likely',
      says: 'a page in the way of Akamai, without its usual words',
      or: ['edge/waf-rule', 'edge/ip-denied', 'edge/geo-denied'],
      next: 'the reference number, looked up by the owner of the property',
      seen: ['akamai/custom-no-server'],
    },
    {
      id: 'bot',
      by: 'page',
      all: [
        status(403, 429),
        markup('sec-cpt'),
        header('content-type', /json|html/),
        header('set-cookie', /sec_cpt|ak_bmsc|_abck/),
      ],
      cause: 'challenge',
      grade: 'likely',
      says: 'the bot manager of Akamai asks for a proof',
    },
    {
      id: 'invalid-url',
      by: 'page',
      all: [
        status(400),
        title('Invalid URL'),
        heading('Invalid URL'),
        markup(/Reference #\d{1,3}\.[\da-f]{4,}\.\d{6,}\.[\da-f]{4,}/),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'Akamai does not serve this host or URL',
      or: ['edge/host-not-allowed'],
    },
    {
      id: 'unavailable',
      by: 'page',
      all: [
        status(502, 503, 504),
        header('server', /^AkamaiGHost/),
        markup(/Reference #\d{1,3}\.[\da-f]{4,}\.\d{6,}\.[\da-f]{4,}/),
      ],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Akamai got no valid answer from the origin',
    },
    {
      id: 'rate',
      by: 'page',
      all: [status(429), header('server', /^AkamaiGHost/)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate control of Akamai is reached',
    },
  ],
  fixes: {
    challenge:
      'Security Configurations > Bot Management: allow the test machine by a client list or a custom bot category for the staging host; then the same request has to come back without the _abck page',
    'malformed-request':
      'decode the reference number with `akamai property-manager` or Translate Error String in Control Center: it says what the edge refused in the request; correct it and send it again',
    'upstream-down':
      'Translate Error String in Control Center for the reference number names the origin and the error; send the request to the origin itself (`curl --connect-to`), mend it, and send it again',
    'rate-limited':
      'raise threshold and burst of the rate policy in the security configuration, or add the test machine to a client list that bypasses it; then send the request by itself',
    'waf-rule':
      'give the reference number to whoever keeps the Akamai property: `translate error string` in Control Center names the policy and rule; have the rule excepted at this host and path',
  },
  references: [{ page: /Reference #([\d.a-f]{8,60})/, as: 'reference' }],
};
