import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';
import { expressLog } from './express-log.js';
import { expressPages } from './express-pages.js';
import { expressPages2 } from './express-pages-2.js';

export const expressSystem: System = {
  id: 'express',
  name: 'Express',
  layer: 'application',
  source: 'Express 4, csurf, csrf-csrf, lusca, express-rate-limit, captured',
  rides: [header('x-powered-by', /^Express$/)],
  refusals: [
    ...expressLog,
    ...expressPages,
    ...expressPages2,
    {
      id: 'rate',
      by: 'code',
      all: [status(429), body('Too many requests, please try again later.')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'express-rate-limit counted too many requests',
      seen: ['node/express-ratelimit-draft7', 'node/express-ratelimit-legacy'],
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the page that makes the token, and send its cookie and token (field _csrf or header x-csrf-token)',
    cors: 'add the origin to the `origin` option of the cors middleware',
    'rate-limited':
      'raise `limit` of express-rate-limit for the address of the tests (`skip`), or slow the run down (--rate)',
    'body-too-large': 'raise `limit` of express.json() or express.urlencoded() for that route',
    'not-found': 'check method and path against the routes, and what is mounted before them',
  },
};
