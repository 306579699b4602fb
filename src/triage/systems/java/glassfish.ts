import { heading, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const glassfishSystem: System = {
  id: 'glassfish',
  name: 'GlassFish and Payara',
  layer: 'application',
  source: 'documentation of GlassFish and Payara, public threads',
  rides: [],
  refusals: [
    {
      id: '403',
      by: 'page',
      all: [status(403), title(/(?:GlassFish|Payara) Server.*Error report/), heading(/^HTTP Status 403/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a security constraint of the application refuses it',
    },
  ],
  fixes: {
    'not-authorized':
      'security-constraint in web.xml names the role: map it in glassfish-web.xml (security-role-mapping), `asadmin list-file-users`, redeploy, and send the request again',
  },
};
