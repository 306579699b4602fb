import { header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const renderSystem: System = {
  id: 'render',
  name: 'Render',
  layer: 'gateway',
  source: 'documentation of the platform',
  rides: [header('x-render-routing')],
  refusals: [
    {
      id: 'routing',
      by: 'header',
      all: [status(404, 502, 503), header('x-render-routing', /^(?:no-server|suspend|hibernate)/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Render has no running service for this host',
    },
  ],
  fixes: {
    'upstream-down':
      'dashboard > service > Logs shows whether it listens on PORT and passes its health check path; mend that, deploy, and send the request again',
  },
};
