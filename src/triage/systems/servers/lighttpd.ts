import { header, heading, logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const lighttpdSystem: System = {
  id: 'lighttpd',
  name: 'lighttpd',
  layer: 'server',
  source: 'lighttpd 1.4.69, captured',
  rides: [header('server', /^lighttpd/)],
  refusals: [
    {
      id: 'body',
      by: 'log',
      all: [status(413), logged('lighttpd-error', /request-size too long/)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over server.max-request-size',
      seen: ['lighttpd/413'],
    },
    {
      id: 'stock-403',
      by: 'stock',
      all: [
        status(403),
        title('403 Forbidden'),
        heading('403 Forbidden'),
        markup('<?xml version="1.0" encoding="iso-8859-1"?>'),
      ],
      cause: 'unknown',
      layer: 'server',
      grade: 'proved',
      says: "this is lighttpd's own page; it logs nothing where it denies, finds no index or may not read a file",
      or: ['server/path-denied', 'server/file-permission', 'server/ip-denied', 'server/missing-index'],
      next: '`debug.log-request-handling = "enable"` for one request; `namei -l` on the file',
      seen: ['lighttpd/access-deny', 'lighttpd/ipdeny', 'lighttpd/noindex', 'lighttpd/perm'],
    },
    {
      id: 'stock-404',
      by: 'stock',
      all: [
        status(404),
        title('404 Not Found'),
        heading('404 Not Found'),
        markup('<?xml version="1.0" encoding="iso-8859-1"?>'),
      ],
      cause: 'not-found',
      grade: 'likely',
      says: 'lighttpd has nothing at this path',
    },
    {
      id: 'stock-413',
      by: 'stock',
      all: [status(413), title('413 Payload Too Large'), markup('<?xml version="1.0" encoding="iso-8859-1"?>')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over server.max-request-size',
      seen: ['lighttpd/413'],
    },
    {
      id: 'stock-401',
      by: 'stock',
      all: [status(401), title('401 Unauthorized'), markup('<?xml version="1.0" encoding="iso-8859-1"?>')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'lighttpd asks for credentials',
    },
    {
      id: 'stock-503',
      by: 'stock',
      all: [status(502, 503, 504), title(/^50[234] /), markup('<?xml version="1.0" encoding="iso-8859-1"?>')],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'what stands behind lighttpd does not answer',
    },
  ],
  fixes: {
    'not-found':
      '`lighttpd -tt -f /etc/lighttpd/lighttpd.conf` checks, `-p` prints server.document-root, alias.url and url.rewrite: compare them with the path; then request it again',
    'authentication-required':
      'send credentials of auth.backend.htpasswd.userfile, or narrow auth.require to the paths that need it; `lighttpd -tt`, restart, and request it with `curl -u`',
    'upstream-down':
      'start what fastcgi.server or proxy.server points at, and look at who may open its socket; server.errorlog names it; then send the request again',
    'path-denied':
      'look at url.access-deny and `$HTTP[...]` blocks (`lighttpd -p -f /etc/lighttpd/lighttpd.conf`); lighttpd logs none of it, so set debug.log-request-handling for one request',
    'body-too-large': 'raise server.max-request-size, restart, and send the same body again',
  },
};
