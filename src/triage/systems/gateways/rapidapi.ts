import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const isIts = header('server', /^RapidAPI/);

export const rapidapiSystem: System = {
  id: 'rapidapi',
  name: 'RapidAPI',
  layer: 'gateway',
  source: 'https://docs.rapidapi.com/docs/response-codes',
  rides: [isIts, header('x-rapidapi-version')],
  refusals: [
    {
      id: 'not-subscribed',
      by: 'code',
      all: [status(401, 403), isIts, json('message', /\bnot subscribed\b/i)],
      cause: 'subscription',
      grade: 'proved',
      says: 'the account of the key is subscribed to no plan of this API',
    },
    {
      id: 'key',
      by: 'code',
      all: [status(401, 403), isIts, json('message', /\bAPI key\b|\bapplication key\b|X-RapidAPI-Key/i)],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key is missing or not valid',
    },
    {
      id: 'quota',
      by: 'code',
      all: [status(403, 429), isIts, json('message', /\bquota\b/i)],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota of the plan is used up',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), isIts, json('message', /\brate limit\b|\btoo many requests\b/i)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate limit of the plan is reached',
    },
    {
      id: 'endpoint',
      by: 'code',
      all: [status(404), isIts, json('message', /\bdoes not exist\b|\bnot found\b/i)],
      cause: 'not-found',
      grade: 'proved',
      says: 'the API has no such endpoint, or X-RapidAPI-Host names another one',
    },
  ],
  fixes: {
    'not-found': 'compare path and X-RapidAPI-Host with the Endpoints page of the API, and send the request again',
    subscription:
      'subscribe the account of the key to a plan of this API (its Pricing page), and send the request again',
    'api-key': 'send X-RapidAPI-Key of an application of that account, and X-RapidAPI-Host of this API',
    quota: 'X-RateLimit-Requests-Reset tells when it is renewed; else take a larger plan',
    'rate-limited': 'slow the run down (--rate), or take a larger plan',
  },
};
