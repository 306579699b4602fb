import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const hasuraSystem: System = {
  id: 'hasura',
  name: 'Hasura',
  layer: 'application',
  source: 'https://hasura.io/docs',
  rides: [],
  refusals: [
    {
      id: 'access',
      by: 'code',
      all: [
        status(200, 400, 401, 403),
        json('errors.*.extensions.code', /^(?:access-denied|permission-error)$/),
        json('errors.*.message'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the role lacks a permission',
    },
    {
      id: 'jwt',
      by: 'code',
      all: [status(200, 400, 401), json('errors.*.extensions.code', /^invalid-jwt$/), json('errors.*.message')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not valid',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [
        status(200, 400, 401),
        json('errors.*.extensions.code', 'invalid-jwt'),
        json('errors.*.message', /JWTExpired/),
      ],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'field',
      by: 'code',
      all: [
        status(200, 400),
        json('errors.*.extensions.code', 'validation-failed'),
        json('errors.*.message', /^field '.{1,100}' not found in type/),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'there is no such field for this role',
    },
  ],
  fixes: {
    'not-authorized':
      'console > Data > table > Permissions: allow role and operation with its row check and columns (`hasura metadata export`), and send the query again',
    'authentication-required':
      'send X-Hasura-Admin-Secret, or a JWT whose claims (`https://hasura.io/jwt/claims`) fit HASURA_GRAPHQL_JWT_SECRET',
    'token-expired':
      'fetch a fresh JWT before each run; `allowed_skew` of HASURA_GRAPHQL_JWT_SECRET allows for clocks that differ',
  },
};
