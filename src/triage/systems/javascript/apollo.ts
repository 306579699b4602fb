import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const apolloSystem: System = {
  id: 'apollo',
  name: 'Apollo Server',
  layer: 'application',
  source: 'Apollo Server, captured',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'code',
      all: [
        status(400),
        json('errors.*.message', /^This operation has been blocked as a potential Cross-Site Request Forgery/),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'a request that a form of another site could send is refused',
      or: ['application/content-type-denied'],
      seen: ['apollo/csrf-400'],
    },
    {
      id: 'auth',
      by: 'code',
      all: [json('errors.*.extensions.code', 'UNAUTHENTICATED'), json('errors.*.message')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'a resolver asks for credentials, whatever the status',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [json('errors.*.extensions.code', 'FORBIDDEN'), json('errors.*.message')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a resolver refuses the user, whatever the status',
    },
    {
      id: 'parse',
      by: 'code',
      all: [json('errors.*.extensions.code', /^GRAPHQL_(?:PARSE|VALIDATION)_FAILED$/), json('errors.*.message')],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the query is not valid',
    },
    {
      id: 'introspection',
      by: 'code',
      all: [status(400), json('errors.*.message', /^GraphQL introspection is not allowed/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'introspection is switched off',
    },
  ],
  fixes: {
    csrf: 'send Content-Type: application/json, or the header apollo-require-preflight',
  },
};
