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
};
