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
  fixes: {
    'authentication-required':
      'compare iss, aud, alg and exp of the token with "auth/validator" of the endpoint in krakend.json; `krakend check -lc` and its log say what fails; then send a token that fits',
    'rate-limited':
      'raise max_rate or client_max_rate of "qos/ratelimit/router" for the endpoint, `krakend check`, restart, and send the request by itself',
  },
};
