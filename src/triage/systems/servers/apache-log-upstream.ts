import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Apache httpd: lines of its log on what stands behind it. */
export const apacheLogUpstream: readonly RefusalPattern[] = [
  {
    id: 'proxy-connect',
    by: 'log',
    all: [status(502, 503), logged('apache-error', /^AH0(?:0957|1114): /)],
    cause: 'upstream-down',
    grade: 'proved',
    says: 'Apache could not connect to what it is a proxy for',
    seen: ['apache/proxy-dead-503'],
  },
  {
    id: 'proxy-error',
    by: 'log',
    all: [
      status(502, 503, 504),
      logged('apache-error', /^AH0(?:1102|0898|1097|1071|1067|1079): |^\(\d+\).*The timeout specified has expired/),
    ],
    cause: 'upstream-down',
    grade: 'likely',
    says: 'what Apache is a proxy for failed or took too long',
  },
  {
    id: 'anti-proxy',
    by: 'log',
    all: [status(500), logged('apache-error', /^AH01144: No protocol handler was valid|^AH00898/)],
    cause: 'upstream-down',
    grade: 'proved',
    says: 'the proxy module for this scheme is not loaded',
  },
  {
    id: 'fpm-no-script',
    by: 'log',
    all: [status(404, 403), logged('apache-error', /^AH01071: Got error '(?:PHP message: )?Primary script unknown/)],
    cause: 'not-found',
    layer: 'runtime',
    grade: 'proved',
    says: 'PHP-FPM has no such script, or cannot reach it',
    or: ['runtime/file-permission'],
  },
  {
    id: 'fpm-extension',
    by: 'log',
    all: [status(403), logged('apache-error', /^AH01071: Got error 'Access to the script '/)],
    cause: 'path-denied',
    layer: 'runtime',
    grade: 'proved',
    says: 'security.limit_extensions of the PHP-FPM pool does not have this extension',
  },
  {
    id: 'fpm-mode',
    by: 'log',
    all: [status(403), logged('apache-error', /^AH01071: Got error 'Unable to open primary script: /)],
    cause: 'file-permission',
    layer: 'runtime',
    grade: 'proved',
    says: 'the user of the PHP-FPM pool may not read the script',
  },
  {
    id: 'fpm-socket',
    by: 'log',
    all: [status(503, 502), logged('apache-error', /^AH02454: FCGI: attempt to connect to Unix domain socket/)],
    cause: 'upstream-down',
    grade: 'proved',
    says: 'the socket of PHP-FPM is not there, or the server may not use it',
    or: ['server/file-permission'],
  },
];
