import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const nuxtSystem: System = {
  id: 'nuxt',
  name: 'Nuxt and h3',
  layer: 'application',
  source: 'https://nuxt.com/docs/getting-started/error-handling',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('statusCode', '403'), json('statusMessage')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'createError(403) of the application',
      or: ['application/csrf'],
    },
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), json('statusCode', '403'), json('statusMessage', /csrf/i)],
      cause: 'csrf',
      grade: 'proved',
      says: 'nuxt-csurf or nuxt-security finds no token that fits',
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('statusCode', '401'), json('statusMessage')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the application asks for a login',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('statusCode', '404'), json('statusMessage')],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such route',
    },
    {
      id: 'method',
      by: 'code',
      all: [status(405), json('statusCode', '405'), json('statusMessage')],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the route takes no such method',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('statusCode', '429'), json('statusMessage')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'nuxt-security counted too many requests',
    },
    {
      id: 'large',
      by: 'code',
      all: [status(413), json('statusCode', '413'), json('statusMessage')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the limit of nuxt-security',
    },
    {
      id: 'bad',
      by: 'code',
      all: [status(400), json('statusCode', '400'), json('statusMessage')],
      cause: 'malformed-request',
      grade: 'possible',
      says: 'the content is not accepted',
      or: ['application/content-denied'],
    },
  ],
  fixes: {
    'not-authorized':
      'the handler in server/api or a middleware throws createError(403): send as a user with the right, or look at what it checks',
    csrf: 'send the token of the meta tag csrf-token in the header csrf-token, with the cookie csrf',
    'authentication-required': 'send the session cookie of nuxt-auth-utils (or the token that the middleware reads)',
    'not-found':
      'server/api and server/routes hold the handlers, with the method in the file name: request one that is there',
    'method-not-supported': 'the handler calls assertMethod, or its file name ends in another method: send that one',
    'rate-limited': 'raise rateLimiter.tokensPerInterval of nuxt-security for the tests, or slow the run down (--rate)',
    'body-too-large': 'raise requestSizeLimiter of nuxt-security for this route, and send the same body again',
    'malformed-request':
      '`data` names the field; xssValidator of nuxt-security refuses content with 400 too: except it for this route only',
  },
};
