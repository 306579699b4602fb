import { body, header, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const honoSystem: System = {
  id: 'hono',
  name: 'Hono',
  layer: 'application',
  source: 'Hono 4.13, captured',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'status',
      all: [
        status(403),
        header('content-type', 'text/plain;charset=UTF-8'),
        body('Forbidden'),
        no(header('x-powered-by')),
      ],
      cause: 'csrf',
      layer: 'application',
      grade: 'possible',
      says: "Hono's csrf middleware and its ip-restriction answer so; the space that is missing in the Content-Type is Hono's",
      or: ['application/ip-denied', 'application/not-authorized'],
      next: 'the same request with an Origin of the site: if it passes, it is csrf',
      seen: ['node/hono-csrf', 'node/hono-csrf-noorigin'],
    },
    {
      id: 'bearer',
      by: 'code',
      all: [
        status(401),
        header('content-type', 'text/plain;charset=UTF-8'),
        body('Unauthorized'),
        header('www-authenticate', /^Bearer/),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the bearer or jwt middleware found no token that it accepts',
      seen: ['node/hono-bearer', 'node/hono-bearer-bad', 'node/hono-jwt'],
    },
    {
      id: 'bearer-expired',
      by: 'code',
      all: [
        status(401),
        header('www-authenticate', /^Bearer .*(?:token verification failure|expired)/),
        body('Unauthorized'),
        header('content-type', 'text/plain;charset=UTF-8'),
      ],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the jwt middleware does not accept the token',
      or: ['application/token-expired'],
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), header('content-type', 'text/plain; charset=UTF-8'), body('404 Not Found')],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such route',
    },
  ],
  fixes: {
    'authentication-required':
      'send what `bearerAuth({ token })`, `basicAuth` or `jwt({ secret, alg })` of the route reads; WWW-Authenticate in the answer says what is wrong',
    'not-found':
      '`showRoutes(app)` of hono/dev lists the routes; `strict: false` decides on the last slash; then request one that is there',
    csrf: 'send an Origin of the site with form posts: Hono refuses them without one',
  },
};
