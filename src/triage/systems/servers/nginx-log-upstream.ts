import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of nginx: lines of its log on what stands behind it, and on scripts and rewriting. */
export const nginxLogUpstream: readonly RefusalPattern[] = [
  {
    id: 'auth-request',
    by: 'log',
    all: [status(500), logged('nginx-error', /^auth request unexpected status/)],
    cause: 'internal-error',
    grade: 'likely',
    says: 'the service that auth_request asks failed',
    fix: 'look at what the location of auth_request answers by itself (`curl` it), and give it a 2xx, 401 or 403; a body that is passed to it needs `proxy_pass_request_body off` and an empty Content-Length',
  },
  {
    id: 'connect',
    by: 'log',
    all: [status(502, 503, 504), logged('nginx-error', /^connect\(\) (?:to \S+ )?failed \(/)],
    cause: 'upstream-down',
    grade: 'proved',
    says: 'nginx could not connect to what it is a proxy for',
  },
  {
    id: 'upstream',
    by: 'log',
    all: [
      status(502, 503, 504),
      logged(
        'nginx-error',
        /^(?:upstream timed out|upstream prematurely closed|no live upstreams|recv\(\) failed|upstream sent (?:invalid|too big))/,
      ),
    ],
    cause: 'upstream-down',
    grade: 'proved',
    says: 'what nginx is a proxy for failed or took too long',
  },
  {
    id: 'rewrite-trace',
    by: 'log',
    all: [status(403), logged('nginx-error', /^".*" (?:matches|does not match) ".*"$/)],
    cause: 'path-denied',
    grade: 'possible',
    says: 'the rewrite log shows an `if` or `return` at work',
    or: ['server/user-agent-denied', 'server/referer-denied'],
  },
  {
    id: 'lua',
    by: 'log',
    all: [status(403, 429), logged('nginx-error', /^(?:\[lua\]|lua) .*(?:denied|forbidden|blocked|banned)/)],
    cause: 'path-denied',
    grade: 'possible',
    says: 'a Lua script in nginx refuses it',
    or: ['server/ip-denied', 'waf/waf-rule'],
  },
];
