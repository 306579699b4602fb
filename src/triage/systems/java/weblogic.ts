import { heading, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const weblogicSystem: System = {
  id: 'weblogic',
  name: 'Oracle WebLogic',
  layer: 'application',
  source: 'documentation of Oracle WebLogic, public threads',
  rides: [],
  refusals: [
    {
      id: '403',
      by: 'page',
      all: [status(403), title(/^Error 403--Forbidden$/), heading(/^Error 403--Forbidden$/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a security constraint of the application refuses it',
    },
    {
      id: '404',
      by: 'page',
      all: [status(404), title(/^Error 404--Not Found$/), heading(/^Error 404--Not Found$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such application or path',
    },
    {
      id: '401',
      by: 'page',
      all: [status(401), title(/^Error 401--Unauthorized$/), heading(/^Error 401--Unauthorized$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the application asks for credentials',
    },
  ],
  fixes: {
    'not-authorized':
      'console > Deployments > Security > Roles and Policies (or weblogic.xml security-role-assignment) names the role: map the user to it, and send the request again',
    'not-found':
      'console > Deployments > Testing shows the context roots: the application has to be Active; then request a path that is there',
    'authentication-required':
      'send credentials of the default realm; `enforce-valid-basic-auth-credentials` in config.xml decides whether WebLogic reads Authorization itself',
  },
};
