import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const isIts = header('server', /^railway/);

export const railwaySystem: System = {
  id: 'railway',
  name: 'Railway',
  layer: 'edge',
  source: 'https://docs.railway.com/reference/errors',
  rides: [isIts, header('x-railway-edge'), header('x-railway-request-id')],
  refusals: [
    {
      id: 'no-application',
      by: 'code',
      all: [status(404), isIts, json('status', 'error'), json('request_id')],
      cause: 'not-found',
      grade: 'proved',
      says: 'no service has this domain',
      or: ['edge/host-not-allowed'],
    },
    {
      id: 'no-answer',
      by: 'code',
      all: [status(502, 503, 504), isIts, json('status', 'error'), json('request_id')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the service did not answer: it is down, or listens on another port or address',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), isIts, json('status', 'error'), json('request_id')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the edge counted too many requests',
    },
  ],
  fixes: {
    'not-found': 'Settings > Networking of the service lists its domains: add this one, deploy, and request it again',
    'rate-limited': 'slow the run down (--rate), and send the request by itself',
    'upstream-down': 'let the service listen on 0.0.0.0 and $PORT (`railway logs`), and send the request again',
  },
  references: [{ header: 'x-railway-request-id', as: 'request id' }],
};
