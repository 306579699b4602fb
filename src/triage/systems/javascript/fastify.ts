import { type CodeRow, patternsOf } from '../../code-rows.js';
import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

const fastifyCodes: readonly CodeRow[] = [
  [
    'FST_CSRF_MISSING_SECRET',
    'csrf',
    'there is no cookie with the secret of the token',
    { seen: ['node/fastify-csrf'] },
  ],
  ['FST_CSRF_INVALID_TOKEN', 'csrf', 'the token does not fit the secret'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'body-too-large', 'the body is over bodyLimit', { seen: ['node/fastify-413'] }],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'content-type-denied', 'no parser takes this Content-Type'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'malformed-request', 'the body is empty, and the Content-Type says JSON'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'malformed-request', 'Content-Length does not fit the body'],
  ['FST_ERR_VALIDATION', 'malformed-request', 'the content does not fit the schema'],
  ['FST_JWT_NO_AUTHORIZATION_IN_HEADER', 'authentication-required', 'there is no token'],
  ['FST_JWT_AUTHORIZATION_TOKEN_EXPIRED', 'token-expired', 'the token has expired'],
  ['FST_JWT_AUTHORIZATION_TOKEN_INVALID', 'authentication-required', 'the token is not accepted'],
  ['FST_JWT_BAD_REQUEST', 'authentication-required', 'the Authorization header cannot be read'],
];

export const fastifySystem: System = {
  id: 'fastify',
  name: 'Fastify',
  layer: 'application',
  source: 'Fastify 5.12, captured',
  rides: [],
  refusals: [
    ...patternsOf(fastifyCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [json('code', code), json('statusCode')],
      grade: 'proved',
      source: 'Fastify 5.12, captured',
    })),
    {
      id: 'route',
      by: 'code',
      all: [status(404), json('message', /^Route [A-Z]{1,20}:.{1,2000} not found$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such route',
      seen: ['node/fastify-post-get-only'],
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('statusCode', '429'), json('message', /^Rate limit exceeded, retry in/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: '@fastify/rate-limit counted too many requests',
      seen: ['node/fastify-ratelimit'],
    },
    {
      id: 'json',
      by: 'code',
      all: [
        status(400),
        json('statusCode', '400'),
        json('message', /^(?:Unexpected token|Body is not valid JSON|Expected)/),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the body is no valid JSON',
    },
  ],
  fixes: {
    'content-type-denied':
      '`addContentTypeParser` for this type, or send application/json; FST_ERR_CTP_INVALID_MEDIA_TYPE names it',
    'malformed-request':
      '`message` names the property that the `schema` of the route refuses: send it, or correct the schema',
    'authentication-required':
      'send the token where @fastify/jwt (`request.jwtVerify()`) or @fastify/basic-auth of the route reads it: Authorization, or `cookie`',
    'token-expired': 'fetch a fresh token before each run; `verify.maxAge` and `clockTolerance` of @fastify/jwt decide',
    'not-found':
      '`app.printRoutes()` lists the routes and prefixes; `ignoreTrailingSlash` decides on the last slash; then request one that is there',
    'rate-limited':
      'raise `max` and `timeWindow` of @fastify/rate-limit (or `allowList` the test machine), or lower --rate',
    csrf: 'give the suite a session: ask for a token first (@fastify/csrf-protection), and send its cookie and header',
    'body-too-large': 'raise bodyLimit of that route',
  },
};
