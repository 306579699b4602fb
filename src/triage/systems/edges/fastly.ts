import { body, header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const fastlySystem: System = {
  id: 'fastly',
  name: 'Fastly',
  layer: 'edge',
  source: 'https://www.fastly.com/documentation/reference/http/http-statuses/',
  rides: [header('x-served-by', /^cache-/), header('x-fastly-request-id'), header('fastly-restarts')],
  refusals: [
    {
      id: 'unknown-domain',
      by: 'page',
      all: [title(/^Fastly error: unknown domain/), status(500, 404)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'no Fastly service has this host name',
    },
    {
      id: 'unknown-domain-text',
      by: 'code',
      all: [
        status(500, 404),
        body(/^Fastly error: unknown domain: .{1,300}\. Please check that this domain has been added to a service\./),
      ],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'no Fastly service has this host name',
    },
    {
      id: 'guru-503',
      by: 'page',
      all: [status(503), header('x-served-by', /^cache-/), markup(/Guru (?:Mediation|Meditation)/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'Fastly got no valid answer from the origin',
    },
    {
      id: 'synthetic',
      by: 'stock',
      all: [status(403, 406, 429), header('x-served-by', /^cache-/), header('retry-after', '0')],
      cause: 'unknown',
      layer: 'edge',
      grade: 'likely',
      says: 'Fastly made this answer itself (Retry-After: 0 is on its synthetic answers and is no rate limit): a rule of its VCL, or its WAF',
      or: ['edge/waf-rule', 'edge/path-denied', 'edge/ip-denied', 'edge/geo-denied'],
      next: 'the reference in the page, or X-Served-By with the time, for the owner of the service',
      seen: ['edge-unknown/fastly-hop'],
    },
    {
      id: 'varnish-5xx',
      by: 'page',
      all: [
        status(500, 502, 503, 504),
        header('x-served-by', /^cache-/),
        markup(/<h3>Error 54\d{3}<\/h3>|Varnish cache server/),
      ],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Fastly got no valid answer from the origin',
    },
    {
      id: 'forbidden-text',
      by: 'page',
      all: [
        status(403),
        header('x-served-by', /^cache-/),
        title(/^403 (?:Forbidden|.{1,80})$/),
        markup('Varnish cache server'),
      ],
      cause: 'unknown',
      grade: 'likely',
      says: 'a synthetic answer of Fastly: a rule of its VCL, or an access list',
      or: ['edge/path-denied', 'edge/ip-denied', 'edge/geo-denied', 'edge/waf-rule'],
    },
    {
      id: 'tls',
      by: 'code',
      all: [status(421), body(/^(?:Requested host does not match|421 Misdirected)/)],
      cause: 'host-not-allowed',
      grade: 'likely',
      says: 'the name in the TLS handshake is another one than Host',
    },
  ],
  fixes: {
    'upstream-down':
      '`fastly backend list` shows host, port and health check: mend them, or first_byte_timeout and between_bytes_timeout; send the request to the origin itself to see, then again',
    'host-not-allowed': 'add the host name to the domains of the Fastly service',
  },
};
