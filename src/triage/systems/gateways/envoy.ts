import { body, header, no, status } from '../../sign.js';
import type { System } from '../../system.js';
import { envoyLog } from './envoy-log.js';

export const envoySystem: System = {
  id: 'envoy',
  name: 'Envoy',
  layer: 'gateway',
  source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
  rides: [header('x-envoy-upstream-service-time'), header('server', /^(?:istio-)?envoy$/)],
  refusals: [
    ...envoyLog,
    {
      id: 'rbac',
      by: 'code',
      all: [status(403), body('RBAC: access denied')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the RBAC filter refuses it',
      or: ['gateway/ip-denied', 'gateway/path-denied', 'gateway/method-denied'],
    },
    {
      id: 'jwt-missing',
      by: 'code',
      all: [status(401), body('Jwt is missing')],
      instead: ['jwt-other'],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the JWT filter found no token',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401), body('Jwt is expired')],
      instead: ['jwt-other'],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the JWT filter says that the token has expired',
    },
    {
      id: 'jwt-other',
      by: 'code',
      all: [status(401), body(/^(?:Jwt |Jwks ).{1,120}$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the JWT filter does not accept the token',
    },
    {
      id: 'audience',
      by: 'code',
      all: [status(403), body('Audiences in Jwt are not allowed')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token is meant for another audience',
    },
    {
      id: 'local-rate',
      by: 'code',
      all: [status(429), body('local_rate_limited')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the local rate limit of Envoy is reached',
    },
    {
      id: 'rate-header',
      by: 'header',
      all: [status(429), header('x-envoy-ratelimited')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'x-envoy-ratelimited: the rate limit service says that it is too much',
    },
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), body('Invalid origin')],
      cause: 'csrf',
      grade: 'likely',
      says: 'the csrf filter does not know the origin',
      or: ['application/csrf'],
    },
    {
      id: 'no-route',
      by: 'status',
      all: [status(404), header('server', /^(?:istio-)?envoy$/), body(''), no(header('x-envoy-upstream-service-time'))],
      cause: 'not-found',
      grade: 'likely',
      says: 'Envoy has no route for this',
    },
    {
      id: 'no-healthy',
      by: 'code',
      all: [status(503), body('no healthy upstream')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'no host of the cluster is healthy',
    },
    {
      id: 'connect',
      by: 'code',
      all: [status(503), body(/^upstream connect error or disconnect\/reset before headers/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'Envoy got no answer from what stands behind it',
    },
    {
      id: 'timeout',
      by: 'code',
      all: [status(504), body('upstream request timeout')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'what stands behind Envoy took too long',
    },
    {
      id: 'large',
      by: 'code',
      all: [status(413), body('Payload Too Large'), header('server', /^(?:istio-)?envoy$/)],
      cause: 'body-too-large',
      grade: 'likely',
      says: 'the buffer filter refuses the body',
    },
    {
      id: 'ext-authz',
      by: 'status',
      all: [status(403), header('server', /^(?:istio-)?envoy$/), body(''), no(header('x-envoy-upstream-service-time'))],
      cause: 'unknown',
      grade: 'likely',
      says: 'an empty 403 of Envoy itself: the service that ext_authz asks, or a filter',
      or: ['gateway/authentication-required', 'gateway/not-authorized', 'gateway/ip-denied'],
      next: 'the access log with %RESPONSE_CODE_DETAILS%: ext_authz_denied, rbac_access_denied…, or via_upstream',
    },
  ],
  fixes: {
    'not-found':
      '`curl localhost:15000/config_dump` (or 9901) shows route_config: add or mend domains and match of the virtual host, and request it again with that Host',
    'upstream-down':
      '`curl localhost:15000/clusters` shows health_flags of the endpoints: mend address, port, TLS context or health check; response flags UH, UF and UC in the access log tell which; then send the request again',
    'malformed-request':
      '`%RESPONSE_CODE_DETAILS%` in the access log names it (http1.codec_error, missing_host_header, …): correct the bytes, or http_protocol_options of the connection manager',
    csrf: 'add the origin to additional_origins of the csrf filter of that route, or send Origin of the host itself; then send the request again',
    'token-expired':
      'fetch a fresh token before each run; clock_skew_seconds of the provider in jwt_authn allows for clocks that differ',
    'body-too-large':
      'raise max_request_bytes of the buffer filter (or per_connection_buffer_limit_bytes) for this route, and send the same body again',
    'not-authorized':
      "`istioctl x authz check POD` or the RBAC filter's shadow log names the policy: add the principal, method and path to its rules",
    'authentication-required':
      'the service that ext_authz asks refused: look at its log, and send the credentials that it wants',
    'rate-limited':
      'raise the limit of the local_ratelimit or rate limit service descriptor for the tests, or slow the run down (--rate)',
  },
};
