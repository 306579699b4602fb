import { body, header, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const threescaleSystem: System = {
  id: 'threescale',
  name: '3scale',
  layer: 'gateway',
  source: 'https://github.com/3scale/APIcast',
  rides: [],
  refusals: [
    {
      id: 'auth',
      by: 'code',
      all: [status(403), body('Authentication failed'), no(header('x-powered-by'))],
      cause: 'api-key',
      grade: 'likely',
      says: 'the credentials are not known to 3scale, or the application has no plan with this service',
      or: ['gateway/subscription'],
    },
    {
      id: 'missing',
      by: 'code',
      all: [status(403), body('Authentication parameters missing')],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key is missing',
    },
    {
      id: 'limits',
      by: 'code',
      all: [status(429), body('Usage limit exceeded')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a limit of the application plan is reached',
    },
    {
      id: 'mapping',
      by: 'code',
      all: [status(404), body('No Mapping Rule matched')],
      cause: 'not-found',
      grade: 'proved',
      says: 'no mapping rule covers method and path',
    },
  ],
  fixes: {
    'api-key':
      'send user_key (or app_id and app_key) of an application of this product where Credentials location reads it (admin portal > Integration > Settings)',
    'rate-limited':
      'raise the limit of the metric in the application plan (Integration > Application plans > Limits), or lower --rate',
    'not-found':
      'add a mapping rule for method and pattern (Integration > Mapping Rules), promote the configuration to staging and production, and request it again',
  },
};
