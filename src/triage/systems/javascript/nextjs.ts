import { body, header, logged, status } from '../../sign.js';
import type { System } from '../../system.js';

export const nextjsSystem: System = {
  id: 'nextjs',
  name: 'Next.js',
  layer: 'application',
  source: 'next.js, packages/next/src/server/app-render/action-handler.ts',
  rides: [header('x-powered-by', /^Next\.js/), header('x-nextjs-cache')],
  refusals: [
    {
      id: 'actions',
      by: 'code',
      all: [status(403, 500), body(/^(?:Error: )?(?:Invalid Server Actions request\.)/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'Origin and Host of a server action do not go together',
    },
    {
      id: 'actions-log',
      by: 'log',
      all: [
        status(403, 500),
        logged(
          'node',
          /^(?:`x-forwarded-host` header .*does not match `origin` header|Invalid Server Actions request)/,
        ),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'Origin and Host of a server action do not go together',
    },
    {
      id: 'action-missing',
      by: 'code',
      all: [status(404), header('x-nextjs-action-not-found')],
      cause: 'not-found',
      grade: 'proved',
      says: 'the server action is of another build',
    },
    {
      id: 'dev-origin',
      by: 'code',
      all: [status(403), body(/^(?:Unauthorized|Blocked cross-origin request)/), header('x-powered-by', /^Next\.js/)],
      cause: 'cors',
      grade: 'likely',
      says: 'the development server does not know the origin (allowedDevOrigins)',
    },
  ],
  fixes: {
    'not-found':
      '`next build` prints the routes; basePath, trailingSlash and middleware (`matcher`) decide on the rest; then request one that is there',
    cors: 'add the host to `allowedDevOrigins` of next.config.js, restart, and send it with that Origin',
    csrf: 'add the outer host to serverActions.allowedOrigins, and have the proxy pass Host or X-Forwarded-Host on',
  },
};
