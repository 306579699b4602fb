import { body, header, logged, status } from '../../sign.js';
import type { System } from '../../system.js';

export const koaSystem: System = {
  id: 'koa',
  name: 'Koa',
  layer: 'application',
  source: 'Koa with koa-csrf, captured',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), body('Invalid CSRF token')],
      cause: 'csrf',
      grade: 'proved',
      says: 'koa-csrf does not find a token that fits',
    },
    {
      id: 'error',
      by: 'code',
      all: [status(500), body('Internal Server Error'), header('content-type', 'text/plain; charset=utf-8')],
      cause: 'internal-error',
      grade: 'likely',
      says: 'the application failed',
      seen: ['node/koa-csrf'],
    },
    {
      id: 'log',
      by: 'log',
      all: [status(500), logged('node', /reading '_csrf'/)],
      cause: 'internal-error',
      grade: 'proved',
      says: 'koa-csrf runs without a session: every request fails',
      or: ['application/csrf'],
      fix: 'install the session middleware before koa-csrf',
      seen: ['node/koa-csrf'],
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the page, and send its token as _csrf or x-csrf-token with the session cookie (koa-csrf: `ctx.state._csrf`)',
    'internal-error':
      '`app.on("error", …)` or the log of the process has the stack: mend it, and send the request again',
  },
};
