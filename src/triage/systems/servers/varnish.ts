import { header, logged, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const varnishSystem: System = {
  id: 'varnish',
  name: 'Varnish',
  layer: 'server',
  source: 'Varnish 7.1, captured',
  rides: [header('x-varnish'), header('via', /varnish/i)],
  refusals: [
    {
      id: 'synth-403',
      by: 'page',
      all: [status(403), header('x-varnish'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'path-denied',
      grade: 'proved',
      says: 'Varnish made this answer itself, by a rule of the VCL; Retry-After: 5 is on all of them and is no rate limit',
      or: ['server/ip-denied', 'edge/path-denied', 'waf/waf-rule'],
      seen: ['varnish/deny'],
    },
    {
      id: 'synth-405',
      by: 'page',
      all: [status(405), header('x-varnish'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'method-denied',
      grade: 'proved',
      says: 'Varnish made this answer itself: the VCL does not let this method pass',
      seen: ['varnish/purge405'],
    },
    {
      id: 'synth-429',
      by: 'page',
      all: [status(429), header('x-varnish'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'Varnish made this answer itself: a limit of the VCL is reached',
    },
    {
      id: 'synth-401',
      by: 'page',
      all: [status(401), header('x-varnish'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'Varnish made this answer itself: the VCL asks for credentials',
    },
    {
      id: 'synth-503',
      by: 'page',
      all: [status(503), header('x-varnish'), markup('Backend fetch failed'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'Varnish could not fetch from what stands behind it',
    },
    {
      id: 'synth-other',
      by: 'page',
      all: [header('x-varnish'), markup('<h3>Guru Meditation:</h3>')],
      cause: 'path-denied',
      grade: 'possible',
      says: 'Varnish made this answer itself',
      or: ['server/upstream-down', 'server/maintenance'],
    },
    {
      id: 'log-synth',
      by: 'log',
      all: [status(403, 405, 429), logged('varnish', /^synth/), logged('varnish', /^VCL_return/, 'tag')],
      cause: 'path-denied',
      grade: 'likely',
      says: 'the VCL returned synth',
    },
  ],
  fixes: {
    'rate-limited':
      'find the vsthrottle.is_denied() in the VCL (`varnishadm vcl.show boot`), raise its limit for the test machine by an ACL, `varnishadm vcl.load` and `vcl.use`; then send the request again by itself',
    'authentication-required':
      'find the synth(401) in vcl_recv (`varnishadm vcl.show boot`), and send the credentials that it compares; then request it again',
    'upstream-down':
      '`varnishadm backend.list` shows who is sick; start it, or mend .host, .port and .probe of the backend; `varnishlog -g request -q "RespStatus == 503"` says why; then send the request again',
    'path-denied':
      "find the synth(403) in the VCL (`varnishadm vcl.show boot | grep -n synth`) whose condition holds, and narrow it; `varnishlog -q 'RespStatus == 403'` shows the way through it",
    'method-denied': 'add the method to what vcl_recv lets pass (PURGE needs the address in its acl)',
  },
};
