import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const shopifySystem: System = {
  id: 'shopify',
  name: 'Shopify',
  layer: 'application',
  source: 'https://shopify.dev/docs/api/usage/response-codes',
  rides: [header('x-shopid'), header('powered-by', 'Shopify'), header('x-shardid')],
  refusals: [
    {
      id: '430',
      by: 'status',
      all: [status(430)],
      cause: 'rate-limited',
      layer: 'edge',
      grade: 'likely',
      says: '430: Shopify takes the requests for those of a bot',
      or: ['edge/challenge', 'application/rate-limited'],
    },
    {
      id: 'throttled',
      by: 'code',
      all: [status(429), json('errors', /Exceeded \d+ calls per second/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the API limits calls',
    },
    {
      id: 'throttled-graphql',
      by: 'code',
      all: [json('errors.0.extensions.code', 'THROTTLED')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the API limits the cost of queries',
    },
    {
      id: 'scope',
      by: 'code',
      all: [status(403), json('errors', /requires merchant approval for|access denied|This action requires/i)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the app lacks a scope',
    },
    {
      id: 'key',
      by: 'code',
      all: [status(401, 403), json('errors', /^\[API\] Invalid API key or access token/)],
      cause: 'api-key',
      grade: 'proved',
      says: 'the access token is not valid',
    },
    {
      id: 'frozen',
      by: 'code',
      all: [status(402, 423), json('errors', /Unavailable Shop|frozen|locked/i)],
      cause: 'subscription',
      grade: 'likely',
      says: 'the shop is closed or has not paid',
    },
  ],
  fixes: {
    'rate-limited':
      'keep to the leaky bucket (X-Shopify-Shop-Api-Call-Limit, Retry-After): lower --rate, and send the request by itself',
    'not-authorized':
      'add the scope to the app, release a version, and have the shop approve it; then fetch a token afresh',
    'api-key': 'send the Admin API access token of this shop in X-Shopify-Access-Token',
    subscription:
      'open the shop in the admin: it is frozen or its plan has ended; a development store is what tests need',
  },
};
