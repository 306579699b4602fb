import { body, header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const graviteeSystem: System = {
  id: 'gravitee',
  name: 'Gravitee',
  layer: 'gateway',
  source: 'https://documentation.gravitee.io/apim/configure-v4-apis/response-templates',
  rides: [header('x-gravitee-transaction-id'), header('x-gravitee-request-id')],
  refusals: [
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('message', 'Unauthorized'), jsonKeys('message', 'http_status_code')],
      cause: 'unknown',
      grade: 'proved',
      says: 'no plan of the API accepts the request: the key or token is missing, unknown, or its subscription is not accepted',
      or: ['gateway/api-key', 'gateway/subscription', 'gateway/authentication-required'],
      next: 'the same request with a key of an accepted subscription',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('message', 'Forbidden'), jsonKeys('message', 'http_status_code')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a policy of the plan or API refuses it',
      or: ['gateway/subscription', 'gateway/ip-denied', 'gateway/api-key'],
    },
    {
      id: 'key',
      by: 'code',
      all: [
        status(401, 403),
        json('message', /^API Key is not valid or is expired/i),
        jsonKeys('message', 'http_status_code'),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key is not known, expired or revoked',
    },
    {
      id: 'key-missing',
      by: 'code',
      all: [
        status(401, 403),
        json('message', /^No API Key has been specified/i),
        jsonKeys('message', 'http_status_code'),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'there is no key',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('message', /^Rate limit exceeded/i), jsonKeys('message', 'http_status_code')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate-limit policy is reached',
    },
    {
      id: 'quota',
      by: 'code',
      all: [status(429), json('message', /^Quota exceeded/i), jsonKeys('message', 'http_status_code')],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota policy is reached',
    },
    {
      id: 'filter',
      by: 'code',
      all: [
        status(403, 405),
        json('message', /^(?:Requested resource is forbidden|Method not allowed while accessing)/i),
        jsonKeys('message', 'http_status_code'),
      ],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the resource-filtering policy refuses path or method',
      or: ['gateway/method-denied'],
    },
    {
      id: 'role',
      by: 'code',
      all: [
        status(403),
        json('message', /^User is not allowed to access this resource/i),
        jsonKeys('message', 'http_status_code'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the role-based policy refuses the user',
    },
    {
      id: 'ip',
      by: 'code',
      all: [status(403), json('message', /^Your IP .* is not allowed/i), jsonKeys('message', 'http_status_code')],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip-filtering policy refuses the address',
    },
    {
      id: 'large',
      by: 'code',
      all: [status(413), jsonKeys('message', 'http_status_code')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the request-content-limit policy refuses the body',
    },
    {
      id: 'unavailable',
      by: 'code',
      all: [status(502, 503, 504), jsonKeys('message', 'http_status_code')],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'the backend behind the gateway does not answer',
    },
    {
      id: 'no-api',
      by: 'code',
      all: [status(404), body('No context-path matches the request URI.')],
      cause: 'not-found',
      grade: 'proved',
      says: 'no API of Gravitee fits this path',
    },
  ],
  fixes: {
    'not-authorized':
      'API > Plans and Policies: role-based-access-control or the condition of the plan refuses it: add the role or scope (`required scopes` of the OAuth2 plan), deploy, and send the request again',
    'api-key':
      'API > Consumers > Subscriptions: send the key of an accepted subscription in X-Gravitee-Api-Key (or ?api-key=)',
    'rate-limited':
      'raise `limit` and period of the rate-limit policy of the plan, deploy, or lower --rate; X-Rate-Limit-Remaining shows what is left',
    quota:
      'raise `limit` of the quota policy of the plan, deploy, and send the request again; X-Quota-Reset says when it is filled',
    'path-denied':
      'resource-filtering of the plan: add path and method to `whitelist` (or out of blacklist), deploy, and send the request again',
    'ip-denied':
      'ip-filtering: add the address of the test machine to `whitelistIps`, deploy, and send the request again',
    'body-too-large': 'raise `limit` of the request-content-limit policy, deploy, and send the same body again',
    'upstream-down':
      'API > Backend services: mend target, time-outs and health check of the endpoint; the logs of the API show GATEWAY_CLIENT_CONNECTION_ERROR; then send the request again',
    'not-found':
      'API > Entrypoints shows the context path: the API has to be started and deployed there; then request it again',
    subscription:
      'subscribe the application to a plan of this API and have it accepted; send the key of that subscription',
  },
  references: [{ header: 'x-gravitee-transaction-id', as: 'transaction' }],
};
