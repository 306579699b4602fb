import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const micronautSystem: System = {
  id: 'micronaut',
  name: 'Micronaut',
  layer: 'application',
  source: 'https://docs.micronaut.io/latest/guide/#errorHandling',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('_links.self.href'), json('message', 'Forbidden')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a security rule of Micronaut refuses the user',
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('_links.self.href'), json('message', 'Unauthorized')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('_links.self.href'), json('message', /^(?:Not Found|Page Not Found)$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such route',
    },
    {
      id: 'method',
      by: 'code',
      all: [status(405), json('_links.self.href'), json('message')],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the route takes no such method',
    },
    {
      id: 'type',
      by: 'code',
      all: [status(415), json('_links.self.href'), json('message')],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the route takes no such Content-Type',
    },
    {
      id: 'large',
      by: 'code',
      all: [status(413), json('_links.self.href'), json('message')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over max-request-size',
    },
    {
      id: 'bad',
      by: 'code',
      all: [status(400), json('_links.self.href'), json('message')],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the content does not fit the route',
    },
  ],
  fixes: {
    'not-authorized': '@Secured or intercept-url-map of the route asks for a role: send as a user who has it',
    'authentication-required':
      'send `Authorization: Bearer TOKEN` (micronaut.security.token) or the session cookie of a login',
    'not-found': 'the endpoint /routes lists path and method: request one that is there',
    'method-not-supported': 'the endpoint /routes shows the methods of the path: send one of them',
    'content-type-denied': 'send a type that @Consumes of the route has, application/json unless told otherwise',
    'body-too-large':
      'raise micronaut.server.max-request-size or multipart.max-file-size, restart, and send the same body again',
    'malformed-request': '`_embedded.errors` names the field: send what the bean asks for',
  },
};
