import { body, header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const apiparkSystem: System = {
  id: 'apipark',
  name: 'APIPark and Apinto',
  layer: 'gateway',
  source: 'apinto b5972ba1; APIPark 9192b399',
  rides: [],
  refusals: [
    {
      id: 'subscription',
      by: 'code',
      all: [status(403), header('content-type', /^text\/plan/), body('Forbidden')],
      cause: 'subscription',
      grade: 'proved',
      says: 'APIPark writes text/plan (sic) where the application is not subscribed, or not approved',
      or: ['gateway/not-authorized'],
    },
    {
      id: 'visit',
      by: 'code',
      all: [status(403), body('not allowed')],
      cause: 'not-authorized',
      grade: 'possible',
      says: 'a visit strategy of Apinto refuses it',
      or: ['gateway/ip-denied', 'application/not-authorized'],
    },
    {
      id: 'token',
      by: 'code',
      all: [status(401), body('missing or invalid token')],
      cause: 'api-key',
      grade: 'proved',
      says: 'no application has this key',
    },
    {
      id: 'app-disabled',
      by: 'code',
      all: [status(401, 403), body(/^the app\([\w-]{1,80}\) is disabled$/)],
      cause: 'api-key',
      grade: 'proved',
      says: 'the application of this key is switched off',
    },
    {
      id: 'ip',
      by: 'code',
      all: [status(403), body(/^\[ip_restriction\] Illegal ip:/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip_restriction plugin refuses the address',
    },
    {
      id: 'ip-json',
      by: 'code',
      all: [status(403), json('message', /^\[ip_restriction\] Illegal ip:/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip_restriction plugin refuses the address',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(403), json('message', /^\[rate_limiting\] /)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate_limiting plugin counted too many requests, told with 403',
    },
    {
      id: 'rate-text',
      by: 'code',
      all: [status(403), body(/^\[rate_limiting\] /)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate_limiting plugin counted too many requests, told with 403',
    },
    {
      id: 'login',
      by: 'code',
      all: [status(401, 403), jsonKeys('code', 'msg', 'success'), json('msg', 'not login')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the console of APIPark wants a session',
    },
    {
      id: 'permission',
      by: 'code',
      all: [status(403), jsonKeys('code', 'msg', 'success'), json('msg', 'no permission')],
      cause: 'not-authorized',
      grade: 'proved',
      says: "the user of APIPark's console lacks a right",
    },
    {
      id: 'apikey',
      by: 'code',
      all: [status(401, 403), json('msg', 'invalid apikey')],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key is not known to APIPark',
    },
    {
      id: 'openapi-token',
      by: 'code',
      all: [status(401, 403), json('msg', 'invalid token'), json('success', 'fail')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not known to APIPark',
    },
    {
      id: 'counter',
      by: 'code',
      all: [status(416), body(/out of calls/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the calls of the application are used up',
    },
    {
      id: 'replay',
      by: 'code',
      all: [status(400, 403), body(/^\[?replay[_-]attack/i)],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the replay-attack-defender plugin refuses a repeated request',
    },
  ],
  fixes: {
    'not-authorized':
      'console > Service > Permissions (or strategy > visit): allow the application or path in the rule with the smallest priority number, publish, and send the request again',
    'api-key':
      'console > Consumer > Authorization: create the key for this application, and send it in the header that its position names (Authorization unless told otherwise)',
    'ip-denied':
      'add the address of the test machine to `ip_white_list` of the ip_restriction plugin (or out of ip_black_list), publish, and send the request again',
    'authentication-required':
      'console > Consumer > Authorization shows type and position (Apikey, Basic, JWT, AKSK): send those credentials; `app` is a global plugin and asks for them everywhere',
    quota: 'raise the count of the counter plugin or token quota of the consumer, and send the request again',
    'malformed-request':
      'replay_attack_defender wants a fresh timestamp, nonce and signature: compare ttl and clock; else look at params_check of the API, and send it again',
    subscription:
      'approve the subscription of the application to the service in APIPark (Service > Subscriptions), and send the key of that application',
    'rate-limited':
      'raise the limit of the rate_limiting plugin; it is told with 403, whatever status_code in the body says',
  },
};
