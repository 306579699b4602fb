import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const zuploSystem: System = {
  id: 'zuplo',
  name: 'Zuplo',
  layer: 'gateway',
  source: 'https://zuplo.com/docs/policies/overview',
  rides: [header('zp-rid')],
  refusals: [
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), header('zp-rid'), json('type', /httpproblems\.com\/http-status\/401/)],
      cause: 'api-key',
      grade: 'likely',
      says: 'a policy for authentication refuses it',
      or: ['gateway/authentication-required'],
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), header('zp-rid')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate limit policy is reached',
    },
  ],
  fixes: {
    'api-key':
      'send `Authorization: Bearer KEY` of a consumer of the bucket (portal > Services > API Key Service); api-key-inbound of the route reads it',
    'rate-limited':
      'raise requestsAllowed and timeWindowMinutes of rate-limit-inbound in config/policies.json, deploy, or lower --rate',
  },
  references: [{ header: 'zp-rid', as: 'request id' }],
};
