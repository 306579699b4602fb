import { type CodeRow, patternsOf } from '../../code-rows.js';
import { body, header, json, no, status } from '../../sign.js';
import type { System } from '../../system.js';

const messages: readonly CodeRow[] = [
  ['No API key found in request', 'api-key', 'the key-auth plugin found no key'],
  [
    'Invalid authentication credentials',
    'api-key',
    'a plugin for authentication did not accept the credentials',
    { or: ['gateway/authentication-required'], seen: ['kong/invalid-credentials'] },
  ],
  ['You cannot consume this service', 'not-authorized', 'the acl plugin does not let this consumer in'],
  ['Your IP address is not allowed', 'ip-denied', 'the ip-restriction plugin refuses the address'],
  ['API rate limit exceeded', 'rate-limited', 'the rate-limiting plugin counted too many requests'],
  ['Request size limit exceeded', 'body-too-large', 'the request-size-limiting plugin refuses the body'],
  ['no Route matched with those values', 'not-found', 'no route of Kong fits host, path and method'],
  ['no API found with those values', 'not-found', 'no API of Kong fits host and path'],
  ['Please use HTTPS protocol', 'tls-required', 'the route takes https only'],
  ["No mandatory 'alg' in claims", 'authentication-required', 'the jwt plugin cannot read the token'],
  ["No credentials found for given 'iss'", 'authentication-required', 'the jwt plugin has no consumer for this issuer'],
  [
    "No mandatory 'iss' in claims",
    'authentication-required',
    'the jwt plugin wants a claim that says who issued the token',
  ],
  ['Bad token; invalid JSON', 'authentication-required', 'the jwt plugin cannot read the token'],
  ['Duplicate API key found', 'api-key', 'the key-auth plugin found the key twice'],
  ['Client certificate was not found', 'client-certificate', 'the mtls-auth plugin wants a certificate'],
  ['No required TLS certificate was sent', 'client-certificate', 'the mtls-auth plugin wants a certificate'],
  ['TLS certificate failed verification', 'client-certificate', 'the mtls-auth plugin does not accept the certificate'],
  ['Requests rate limit exceeded', 'rate-limited', 'a rate limiting plugin counted too many requests'],
  ['Request size limit exceeded.', 'body-too-large', 'the request-size-limiting plugin refuses the body'],
  [
    'HMAC signature cannot be verified',
    'authentication-required',
    'the hmac-auth plugin does not accept the signature',
  ],
  [
    'HMAC signature does not match the request',
    'authentication-required',
    'the hmac-auth plugin does not accept the signature',
  ],
  ['HMAC signature does not match', 'authentication-required', 'the hmac-auth plugin does not accept the signature'],
  [
    'HMAC signature cannot be verified, a valid date or x-date header is required for HMAC Authentication',
    'authentication-required',
    'the hmac-auth plugin wants a date',
  ],
  [
    'An invalid response was received from the upstream server',
    'upstream-down',
    'what stands behind Kong gave no valid answer',
  ],
  ['The upstream server is timing out', 'upstream-down', 'what stands behind Kong took too long'],
  ['failure to get a peer from the ring-balancer', 'upstream-down', 'no target of the upstream is healthy'],
  ['name resolution failed', 'upstream-down', 'the name of the upstream cannot be resolved'],
];

/** Messages that others write too. */
const plainMessages: readonly CodeRow[] = [
  ['Unauthorized', 'authentication-required', 'a plugin for authentication found no credentials'],
  ['Invalid signature', 'authentication-required', 'the jwt plugin does not accept the signature'],
  ['Invalid algorithm', 'authentication-required', 'the jwt plugin takes no token that is signed in this way'],
  ['Consumer not found', 'not-authorized', 'the acl plugin does not know the consumer'],
  ['Bad Gateway', 'upstream-down', 'what stands behind Kong gave no valid answer'],
  [
    'A valid Content-Length header is required',
    'malformed-request',
    'the request-size-limiting plugin wants Content-Length',
  ],
  ['Multiple tokens provided', 'authentication-required', 'the jwt plugin found more than one token'],
  ['Invalid key/secret', 'authentication-required', 'the jwt plugin has no key for this token'],
];

export const kongSystem: System = {
  id: 'kong',
  name: 'Kong',
  layer: 'gateway',
  source: 'Kong 22246ef2, kong/plugins',
  rides: [
    header('x-kong-proxy-latency'),
    header('x-kong-upstream-latency'),
    header('x-kong-request-id'),
    header('server', /^kong/i),
  ],
  refusals: [
    ...patternsOf(messages, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 404, 413, 417, 426, 429, 502, 503, 504), json('message', code)],
      grade: 'proved',
      source: 'Kong 22246ef2, kong/plugins',
    })),
    ...patternsOf(plainMessages, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 411, 502), header('x-kong-response-latency'), json('message', code)],
      grade: 'proved',
      source: 'Kong 22246ef2, kong/plugins',
    })),
    {
      id: 'ip',
      by: 'code',
      all: [status(403), json('message', /^IP address not allowed: /)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip-restriction plugin refuses the address that it names',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401, 403), json('exp', 'token expired')],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the jwt plugin says that the token has expired',
    },
    {
      id: 'jwt-early',
      by: 'code',
      all: [status(401), json('nbf', 'token not valid yet')],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the jwt plugin says that the token is not valid yet',
    },
    {
      id: 'validation',
      by: 'code',
      all: [
        status(400),
        json('message', /^(?:request body|schema violation|query|path) .*(?:doesn't conform|failed|validation)/),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'a validation plugin does not accept the request',
    },
    {
      id: 'own-401',
      by: 'header',
      all: [status(401), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered',
      or: ['gateway/api-key'],
    },
    {
      id: 'own-403',
      by: 'header',
      all: [status(403), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'unknown',
      grade: 'proved',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered, by a plugin of the route',
      or: ['gateway/not-authorized', 'gateway/ip-denied', 'gateway/user-agent-denied', 'gateway/api-key'],
    },
    {
      id: 'own-404',
      by: 'header',
      all: [status(404), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'not-found',
      grade: 'likely',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered, it has no such route',
    },
    {
      id: 'own-413',
      by: 'header',
      all: [status(413, 417), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered',
    },
    {
      id: 'own-429',
      by: 'header',
      all: [status(429), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered',
    },
    {
      id: 'own-400',
      by: 'header',
      all: [status(400), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered',
    },
    {
      id: 'own-5xx',
      by: 'header',
      all: [status(500, 502, 503, 504), header('x-kong-response-latency'), no(header('x-kong-upstream-latency'))],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'X-Kong-Response-Latency without an upstream latency: Kong itself answered',
      or: ['gateway/maintenance'],
    },
    {
      id: 'jwt-other',
      by: 'code',
      all: [
        status(401, 403),
        header('x-kong-response-latency'),
        json('message', /^(?:Bad token|Invalid (?:alg|claims|JWT)|Unrecognizable token|invalid algorithm)/i),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the jwt plugin cannot use the token',
    },
    {
      id: 'oauth2-expired',
      by: 'code',
      all: [status(401), header('x-kong-response-latency'), json('error', 'invalid_token')],
      cause: 'token-expired',
      grade: 'likely',
      says: 'the oauth2 plugin says that the token is not valid or has expired',
      or: ['gateway/authentication-required'],
    },
    {
      id: 'oauth2-missing',
      by: 'code',
      all: [status(401), header('x-kong-response-latency'), json('error_description', 'The access token is missing')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the oauth2 plugin found no token',
    },
    {
      id: 'plain-acl',
      by: 'code',
      all: [status(403), header('x-kong-response-latency'), body(/^You cannot consume this service/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the acl plugin does not let this consumer in',
    },
    {
      id: 'plain-ip',
      by: 'code',
      all: [
        status(403),
        header('x-kong-response-latency'),
        body(/^(?:Your IP address is not allowed|IP address not allowed)/),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip-restriction plugin refuses the address',
    },
    {
      id: 'plain-key',
      by: 'code',
      all: [
        status(401, 403),
        header('x-kong-response-latency'),
        body(/^(?:No API key found in request|Invalid authentication credentials)/),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key-auth plugin did not accept the key, or found none',
    },
    {
      id: 'bot',
      by: 'code',
      all: [status(403), header('x-kong-response-latency'), json('message', 'Forbidden')],
      cause: 'user-agent-denied',
      grade: 'possible',
      says: 'the default text of the bot-detection plugin',
      or: ['gateway/not-authorized', 'gateway/ip-denied'],
    },
  ],
  fixes: {
    'client-certificate':
      'send the certificate that the mtls-auth plugin trusts (`ca_certificates`, `curl localhost:8001/ca_certificates`): `curl --cert FILE --key FILE`',
    'user-agent-denied':
      '`curl localhost:8001/plugins` shows bot-detection: add the client to `allow`, or send the User-Agent of a real client',
    'not-found':
      '`curl localhost:8001/routes` lists paths, hosts and methods: add or mend the route (`strip_path`, `hosts`), and request it again with that Host',
    'tls-required':
      'send to https:// : `protocols` of the route is https alone; https_redirect_status_code says how http is answered',
    'authentication-required':
      '`curl localhost:8001/plugins` shows which auth plugin covers the route: send credentials of a consumer (`/consumers/NAME/basic-auth`, `/jwt`), and send the request again',
    'upstream-down':
      '`curl localhost:8001/upstreams/NAME/health` and /services show host and port: mend them or the health check, and send the request again',
    'token-expired':
      'fetch a fresh token before each run: `claims_to_verify` of the jwt plugin has exp or nbf; compare the clocks',
    'malformed-request':
      'the request-validator plugin has `body_schema` and `parameter_schema` for the route (`curl localhost:8001/plugins`): send what they ask for, or correct them',
    'api-key':
      'check the name of the key header (key_names of key-auth) and the credential of the consumer (`GET /consumers/…/key-auth`); send the key from an environment variable',
    'not-authorized': 'add the consumer to a group that the acl plugin allows (`POST /consumers/…/acls`)',
    'ip-denied':
      'add the address to `allow` of the ip-restriction plugin of that route; behind a load balancer set trusted_ips and real_ip_header first',
    'rate-limited':
      'raise the limits of the rate-limiting plugin for the consumer of the tests, or slow the run down (--rate)',
    'body-too-large': 'raise allowed_payload_size of request-size-limiting on that route',
  },
  references: [{ header: 'x-kong-request-id', as: 'request id' }],
};
