import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const krakendSystem: System = {
  id: 'krakend',
  name: 'KrakenD',
  layer: 'gateway',
  source: 'https://www.krakend.io/docs/endpoints/response-manipulation/',
  rides: [header('x-krakend')],
  refusals: [
    {
      id: 'own',
      by: 'stock',
      all: [status(401, 403), header('x-krakend'), body('')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'KrakenD answers with an empty body itself: its JWT validator, or a bot or IP filter',
      or: ['gateway/not-authorized', 'gateway/ip-denied'],
    },
    {
      id: 'rate',
      by: 'stock',
      all: [status(429), header('x-krakend')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate limit of the endpoint is reached',
    },
  ],
};
