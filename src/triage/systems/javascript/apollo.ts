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
    'authentication-required':
      '`context` of the server reads the token: send it in Authorization; `extensions.code` UNAUTHENTICATED is what the resolver throws',
    'not-authorized':
      'the resolver, or `@auth` of the schema, throws FORBIDDEN for this field (`path` names it): send as a user that may read it',
    'malformed-request':
      '`errors[0].message` and `locations` name the place in the query: compare it with the schema (`introspection`), and send it again',
    'path-denied':
      '`persistedQueries.onlyPersisted`, or an operation list, lets only known queries in: publish this one (`rover persisted-queries publish`), and send it again',
    csrf: 'send Content-Type: application/json, or the header apollo-require-preflight',
  },
};
