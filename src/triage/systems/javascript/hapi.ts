import { header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const hapiSystem: System = {
  id: 'hapi',
  name: 'hapi',
  layer: 'application',
  source: 'hapi with crumb, captured',
  rides: [],
  refusals: [
    {
      id: 'crumb',
      by: 'code',
      all: [
        status(403),
        jsonKeys('statusCode', 'error', 'message'),
        json('message', 'Forbidden'),
        header('set-cookie', /^crumb=/),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'crumb does not find a token that fits, and sets a fresh cookie',
      seen: ['node/hapi-crumb'],
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), jsonKeys('statusCode', 'error', 'message')],
      cause: 'not-authorized',
      grade: 'possible',
      says: 'an error with status 403, in the way of hapi and of frameworks that copy it',
      or: ['application/csrf'],
    },
    {
      id: 'scope',
      by: 'code',
      all: [status(403), jsonKeys('statusCode', 'error', 'message'), json('message', 'Insufficient scope')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the credentials lack a scope of the route',
    },
    {
      id: 'auth',
      by: 'code',
      all: [status(401), jsonKeys('statusCode', 'error', 'message')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the strategy of the route found no valid credentials',
    },
    {
      id: 'missing',
      by: 'code',
      all: [status(404), jsonKeys('statusCode', 'error', 'message'), json('message', 'Not Found')],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such route',
    },
    {
      id: 'large',
      by: 'code',
      all: [
        status(413),
        jsonKeys('statusCode', 'error', 'message'),
        json('message', /^Payload content length greater than maximum allowed/),
      ],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over maxBytes of the route',
    },
  ],
  fixes: {
    'not-authorized':
      '`options.auth.access.scope` (or `entity`) of the route names the scope: send credentials with it; `server.events` with tag auth tell why',
    'authentication-required':
      '`options.auth.strategy` of the route names the scheme: send the cookie or token of it; `mode: "try"` lets others in',
    'not-found':
      '`server.table()` lists the routes; `router.stripTrailingSlash` decides on the last slash; then request one that is there',
    'body-too-large':
      'raise `options.payload.maxBytes` of the route (1 MB unless told otherwise), and send the same body again',
    csrf: 'give the suite a session: ask for the page first, and send the cookie crumb back as the field or header crumb',
  },
};
