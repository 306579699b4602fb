import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const websphereSystem: System = {
  id: 'websphere',
  name: 'IBM WebSphere',
  layer: 'application',
  source: 'documentation of IBM WebSphere, public threads',
  rides: [],
  refusals: [
    {
      id: '403',
      by: 'page',
      all: [status(403), markup(/Error 403: AuthorizationFailed/), markup(/SRVE\d{4}[EW]|AuthorizationFailed/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the role mapping of the application refuses the user',
    },
    {
      id: '404',
      by: 'page',
      all: [status(404), markup(/Error 404: (?:java\.io\.FileNotFoundException: )?SRVE0190E/), markup('SRVE0190E')],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such file or servlet',
    },
  ],
  fixes: {
    'not-authorized':
      'application-bnd in server.xml (or Security role to user/group mapping in the console) names the role: map the user to it, and send the request again',
    'not-found':
      'SRVE0190E or SRVE0255E in messages.log name the path; virtual host aliases need host and port; then request a path that is there',
  },
};
