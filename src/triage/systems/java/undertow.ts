import { body, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const undertowSystem: System = {
  id: 'undertow',
  name: 'Undertow and WildFly',
  layer: 'application',
  source: 'documentation of Undertow and WildFly, public threads',
  rides: [],
  refusals: [
    {
      id: '403',
      by: 'page',
      all: [
        status(403),
        title('Error'),
        body(/^<html><head><title>Error<\/title><\/head><body>(?:403 - )?Forbidden<\/body><\/html>$/),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the application or a handler refuses it',
    },
    {
      id: '404',
      by: 'page',
      all: [
        status(404),
        title('Error'),
        body(/^<html><head><title>Error<\/title><\/head><body>(?:404 - )?Not Found<\/body><\/html>$/),
      ],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such application or path',
    },
  ],
  fixes: {
    'not-authorized':
      'security-constraint in web.xml names the role: map it (`/subsystem=elytron`, role-decoder) for the user, and send the request again',
    'not-found':
      '`/deployment=*:read-attribute(name=status)` in jboss-cli shows what is deployed, jboss-web.xml its context-root; then request a path that is there',
  },
};
