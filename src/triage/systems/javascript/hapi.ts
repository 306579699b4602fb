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
    csrf: 'give the suite a session: ask for the page first, and send the cookie crumb back as the field or header crumb',
  },
};
