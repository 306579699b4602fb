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
      all: [status(401), header('x-krakend'), body('')],
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
    {
      id: 'own-403',
      by: 'stock',
      all: [status(403), header('x-krakend'), body('')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'KrakenD answers with an empty body itself: the token lacks a role or scope of the endpoint',
      or: ['gateway/user-agent-denied', 'gateway/ip-denied', 'gateway/token-expired'],
    },
    {
      id: 'not-found',
      by: 'stock',
      all: [status(404), header('x-krakend'), body(/^(?:404 page not found)?$/)],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such endpoint in krakend.json',
    },
    {
      id: 'method',
      by: 'stock',
      all: [status(405), header('x-krakend'), body(/^(?:405 method not allowed)?$/)],
      cause: 'method-not-supported',
      grade: 'likely',
      says: 'the endpoint takes another method',
    },
    {
      id: 'backend',
      by: 'stock',
      all: [status(500, 502, 503), header('x-krakend'), body('')],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'the backend of the endpoint refused, failed or took too long: KrakenD tells no more',
    },
  ],
  fixes: {
    'not-authorized':
      'compare the roles or scopes of the token with "roles" and "roles_key" (or "scopes") of "auth/validator" for the endpoint; security/bot-detector and ipfilter refuse so too: the log of KrakenD names the plugin; then send a token that has them',
    'not-found':
      '`krakend check -d -c krakend.json` lists the endpoints with their methods: add the one that is missing, or request one that is there',
    'method-not-supported':
      '`method` of the endpoint in krakend.json is GET where nothing else is said: add an endpoint with the method, and send the request again',
    'upstream-down':
      'the log of KrakenD names host and status of the backend: mend `host` or `url_pattern`, or send to the backend itself to see; `return_error_details` shows its status',
    'authentication-required':
      'compare iss, aud, alg and exp of the token with "auth/validator" of the endpoint in krakend.json; `krakend check -lc` and its log say what fails; then send a token that fits',
    'rate-limited':
      'raise max_rate or client_max_rate of "qos/ratelimit/router" for the endpoint, `krakend check`, restart, and send the request by itself',
  },
};
