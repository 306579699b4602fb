import { header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const strapiSystem: System = {
  id: 'strapi',
  name: 'Strapi',
  layer: 'application',
  source: 'https://docs.strapi.io/cms/error-handling',
  rides: [header('x-powered-by', /^Strapi/)],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('error.name', 'ForbiddenError'), json('error.status', '403')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'no role of the user, or of the public, has this action',
    },
    {
      id: 'policy',
      by: 'code',
      all: [status(403), json('error.name', 'PolicyError')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a policy of the route refuses it',
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('error.name', 'UnauthorizedError')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is missing or not valid',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('error.name', 'RateLimitError')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'there were too many requests',
    },
    {
      id: 'old',
      by: 'code',
      all: [
        status(403),
        jsonKeys('statusCode', 'error', 'message'),
        json('error', 'Forbidden'),
        json('message', 'Forbidden'),
        header('x-powered-by', /^Strapi/),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'no role of the user has this action (version 3)',
    },
  ],
  fixes: {
    'not-authorized':
      'Settings > Users & Permissions > Roles: tick the action for the role of the test user (or for Public), save, and send the request again',
    'authentication-required':
      'send `Authorization: Bearer` with a token of POST /api/auth/local, or an API token of Settings > API Tokens',
    'rate-limited': 'raise `ratelimit` of the users-permissions plugin for the tests, or lower --rate',
  },
};
