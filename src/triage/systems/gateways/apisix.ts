import { type CodeRow, patternsOf } from '../../code-rows.js';
import { body, header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

const messagesOfApisix: readonly CodeRow[] = [
  ['Missing API key in request', 'api-key', 'the key-auth plugin found no key'],
  ['Invalid API key in request', 'api-key', 'the key-auth plugin does not know the key'],
  ['Missing JWT token in request', 'authentication-required', 'the jwt-auth plugin found no token'],
  ['JWT token invalid', 'authentication-required', 'the jwt-auth plugin cannot read the token'],
  ['failed to verify jwt', 'authentication-required', 'the jwt-auth plugin does not accept the token'],
  ['Missing authorization in request', 'authentication-required', 'the basic-auth plugin found no credentials'],
  ['Invalid user authorization', 'authentication-required', 'the basic-auth plugin does not know the user'],
  ['Your IP address is not allowed', 'ip-denied', 'the ip-restriction plugin refuses the address'],
  ['Your referer host is not allowed', 'referer-denied', 'the referer-restriction plugin refuses the Referer'],
  [
    'The consumer_name is forbidden.',
    'not-authorized',
    'the consumer-restriction plugin refuses the consumer',
    { seen: ['apisix/consumer'] },
  ],
  ['The consumer is forbidden.', 'not-authorized', 'the acl plugin refuses the consumer'],
  ['The route_id is forbidden.', 'not-authorized', 'the consumer-restriction plugin refuses the route'],
  ['Missing related consumer', 'api-key', 'no consumer has this credential'],
];

const errorsOfApisix: readonly CodeRow[] = [
  ['no csrf token in headers', 'csrf', 'the csrf plugin found no token'],
  ['no csrf cookie', 'csrf', 'the csrf plugin found no cookie'],
  ['csrf token mismatch', 'csrf', 'the token does not fit the cookie'],
  ['Failed to verify the csrf token signature', 'csrf', 'the csrf plugin does not accept the token'],
  ['404 Route Not Found', 'not-found', 'no route of APISIX fits'],
  [
    'Requests are too frequent, please try again later.',
    'rate-limited',
    'the limit-count plugin counted too many requests',
  ],
];

export const apisixSystem: System = {
  id: 'apisix',
  name: 'Apache APISIX',
  layer: 'gateway',
  source: 'apisix f519a0f0, apisix/plugins',
  rides: [header('server', /^APISIX/)],
  refusals: [
    ...patternsOf(messagesOfApisix, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(401, 403, 404, 429, 503), json('message', code)],
      grade: 'proved',
      source: 'apisix f519a0f0, apisix/plugins',
    })),
    ...patternsOf(errorsOfApisix, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(401, 403, 404, 429, 503), json('error_msg', code)],
      grade: 'proved',
      source: 'apisix f519a0f0, apisix/plugins',
    })),
    {
      id: 'casbin',
      by: 'code',
      all: [status(403), json('message', 'Access Denied'), header('server', /^APISIX/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the authz-casbin plugin refuses it',
    },
    {
      id: 'agent',
      by: 'code',
      all: [status(403), json('message', 'Not allowed'), header('server', /^APISIX/)],
      cause: 'user-agent-denied',
      grade: 'proved',
      says: 'the ua-restriction plugin refuses the User-Agent',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401), json('message', /jwt token .*expired|'exp' claim expired/)],
      cause: 'token-expired',
      grade: 'likely',
      says: 'the token has expired',
    },
    {
      id: 'uri-blocker',
      by: 'stock',
      all: [status(403), header('server', /^APISIX/), body('')],
      cause: 'path-denied',
      grade: 'likely',
      says: "an empty 403 of APISIX is the uri-blocker plugin's",
      or: ['gateway/not-authorized', 'waf/waf-rule'],
    },
    {
      id: 'limit',
      by: 'page',
      all: [status(429), header('server', /^APISIX/), markup('<center>openresty')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'APISIX limits requests with this status (limit-req, limit-conn, limit-count)',
      or: ['gateway/upstream-down'],
    },
    {
      id: 'waf',
      by: 'header',
      all: [status(403, 400), header('x-apisix-chaitin-waf', 'yes'), header('x-apisix-chaitin-waf-action', 'reject')],
      cause: 'waf-rule',
      layer: 'waf',
      grade: 'proved',
      says: 'the chaitin-waf plugin says that the WAF rejected it',
    },
    {
      id: 'down',
      by: 'page',
      all: [status(502, 504), header('server', /^APISIX/), markup(/<center><h1>50[24]/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'what stands behind APISIX does not answer',
      or: ['gateway/rate-limited'],
    },
    {
      id: 'schema',
      by: 'code',
      all: [
        status(400),
        json('message', /^(?:property|wrong type|failed to match|object|expected)\b/),
        header('server', /^APISIX/),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the request-validation plugin does not accept the body',
    },
    {
      id: 'oidc',
      by: 'code',
      all: [status(403), json('error', 'required scopes not present')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks a scope (openid-connect plugin)',
    },
    {
      id: 'limit-503',
      by: 'page',
      all: [status(503), header('server', /^APISIX/), markup('<center>openresty')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'limit-req, limit-conn and limit-count answer 503 unless told otherwise',
      or: ['gateway/upstream-down'],
    },
    {
      id: 'limit-counted',
      by: 'page',
      all: [
        status(403, 429, 503),
        header('server', /^APISIX/),
        header('x-ratelimit-remaining', '0'),
        markup('<center>openresty'),
      ],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'X-RateLimit-Remaining: 0: the limit-count plugin counted too many requests',
    },
    {
      id: 'stock-403',
      by: 'page',
      all: [status(403), header('server', /^APISIX/), markup('<center>openresty')],
      cause: 'unknown',
      layer: 'gateway',
      grade: 'likely',
      says: 'a page of the server that APISIX is built on: a plugin of the route (uri-blocker, forward-auth, limit-req with rejected_code 403), or what stands behind it',
      or: ['gateway/path-denied', 'gateway/not-authorized', 'gateway/rate-limited', 'server/path-denied'],
    },
    {
      id: 'stock-401',
      by: 'page',
      all: [status(401), header('server', /^APISIX/), markup('<center>openresty')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'a plugin of the route for authentication found no credentials',
    },
    {
      id: 'stock-413',
      by: 'page',
      all: [status(413), header('server', /^APISIX/), markup('<center>openresty')],
      cause: 'body-too-large',
      grade: 'likely',
      says: 'the body is over client_max_body_size of APISIX or the client-control plugin',
    },
  ],
  fixes: {
    'body-too-large':
      'raise max_body_size of the client-control plugin on this route (or nginx_config.http.client_max_body_size in config.yaml), and send the same body again',
    'api-key':
      'send the key of a consumer in `header` of its key-auth plugin (apikey unless told otherwise); `/apisix/admin/consumers` lists them',
    'authentication-required':
      "`curl localhost:9180/apisix/admin/routes -H 'X-API-KEY: …'` shows the plugins of the route: send credentials of a consumer for jwt-auth, basic-auth or hmac-auth, and send the request again",
    'referer-denied':
      'add the host to `whitelist` of referer-restriction of the route (or `bypass_missing`), and send it with that Referer',
    'not-authorized':
      "`curl localhost:9180/apisix/admin/routes -H 'X-API-KEY: …'` shows the plugins of the route: add the consumer to `whitelist` of consumer-restriction, the scope to required_scopes, or the rule to authz-casbin; then send the request again",
    'not-found':
      "`curl localhost:9180/apisix/admin/routes -H 'X-API-KEY: …'` shows the plugins of the route: add or mend `uri`, `hosts` and `methods` that have to fit, and request it again",
    'rate-limited':
      'raise `count`, `rate` or `burst` of limit-count, limit-req or limit-conn of the route (rejected_code is 503 unless told otherwise), or lower --rate; then send the request by itself',
    'user-agent-denied':
      'take the agent out of `denylist` (or into `allowlist`) of ua-restriction of the route, and send it with that User-Agent',
    'token-expired':
      'fetch a fresh token before each run: `exp` of the jwt-auth credential and lifetime_grace_period decide',
    'path-denied':
      'narrow `block_rules` of uri-blocker of the route to what has to be hidden, and request the path again',
    'waf-rule':
      'chaitin-waf passes it to SafeLine: X-APISIX-CHAITIN-WAF-ACTION and the event id name it; except the URL there, or by `match` of the plugin; then send the request again',
    'upstream-down':
      '`curl localhost:9090/v1/healthcheck` and /apisix/admin/upstreams show the nodes: mend host, port or checks, and send the request again',
    'malformed-request':
      '`body_schema` and `header_schema` of request-validation of the route say what is asked for: send that, or correct the schema',
    csrf: 'ask for the page first, and send its cookie apisix-csrf-token back as a header of the same name',
    'ip-denied':
      'add the address to the whitelist of ip-restriction on that route; behind a load balancer use the real-ip plugin first',
  },
};
