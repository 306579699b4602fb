import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const auth0System: System = {
  id: 'auth0',
  name: 'Auth0',
  layer: 'application',
  source: 'https://auth0.com/docs/api/management/v2',
  rides: [],
  refusals: [
    {
      id: 'scope',
      by: 'code',
      all: [status(403), json('errorCode', 'insufficient_scope'), json('message')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks a scope',
    },
    {
      id: 'blocked',
      by: 'code',
      all: [status(429), json('error', 'too_many_attempts'), json('error_description')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'brute-force protection acted',
    },
    {
      id: 'denied',
      by: 'code',
      all: [status(401, 403), json('error', 'unauthorized'), json('error_description')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a rule or action denies the user',
    },
    {
      id: 'anomaly',
      by: 'code',
      all: [status(401), json('errorCode', 'invalid_token'), json('attributes.error')],
      cause: 'token-expired',
      grade: 'likely',
      says: 'the token is expired or not valid',
    },
  ],
  fixes: {
    'not-authorized':
      'APIs > Auth0 Management API > Machine to Machine Applications: grant the scope that `insufficient_scope` names, fetch a fresh token, and send the request again',
    'rate-limited': 'x-ratelimit-reset says when; tenant > Logs (type api_limit) shows the bucket: lower --rate',
    'token-expired':
      'fetch a fresh token before each run (POST /oauth/token); Token Expiration of the API says how long one lives',
  },
};
