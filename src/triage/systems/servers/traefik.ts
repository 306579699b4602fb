import { body, header, logged, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const traefikSystem: System = {
  id: 'traefik',
  name: 'Traefik',
  layer: 'gateway',
  source: 'traefik fd5a576d, pkg/middlewares',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'status',
      all: [
        status(403),
        body('Forbidden'),
        header('content-type', /^text\/plain; charset=utf-8$/),
        header('x-content-type-options', 'nosniff'),
        no(header('x-powered-by')),
      ],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: "Go's net/http writes Forbidden so: Traefik's IPAllowList does, and so do applications in Go",
      or: ['gateway/ip-denied', 'application/not-authorized', 'application/csrf'],
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), body('404 page not found')],
      cause: 'not-found',
      grade: 'likely',
      says: "Go's net/http has no such route: Traefik's routers, or an application in Go",
      or: ['application/not-found'],
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), body('Too Many Requests'), no(header('x-powered-by'))],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a RateLimit middleware counted too many requests',
      or: ['application/rate-limited'],
    },
    {
      id: 'bad-gateway',
      by: 'code',
      all: [status(502, 504), body(/^(?:Bad Gateway|Gateway Timeout)$/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'what stands behind the proxy does not answer',
    },
    {
      id: 'unavailable',
      by: 'code',
      all: [status(503), body(/^no available server$/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'no server of the service is healthy',
    },
    {
      id: 'log-ip',
      by: 'log',
      all: [logged('traefik', /^(?:Rejecting IP|rejecting request from)/i)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the IPAllowList middleware refuses the address',
    },
    {
      id: 'log-own',
      by: 'log',
      all: [logged('traefik', /^(?:401|403|429)$/, 'status'), logged('traefik', '0', 'upstream')],
      cause: 'unknown',
      grade: 'proved',
      says: 'OriginStatus 0: Traefik answered itself, by a middleware of the router',
      or: ['gateway/ip-denied', 'gateway/authentication-required', 'gateway/rate-limited'],
    },
    {
      id: 'log-app',
      by: 'log',
      all: [status(401, 403), logged('traefik', /^(?:401|403)$/, 'upstream')],
      cause: 'not-authorized',
      layer: 'application',
      grade: 'likely',
      says: 'OriginStatus: the application behind Traefik answered so',
      or: ['application/csrf'],
    },
    {
      id: 'basic',
      by: 'code',
      all: [status(401), body('401 Unauthorized'), header('www-authenticate', /^(?:Basic|Digest) realm=/)],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'a basicAuth or digestAuth middleware asks for credentials',
      or: ['application/authentication-required'],
      source: 'https://doc.traefik.io/traefik/middlewares/http/basicauth/',
    },
  ],
  fixes: {
    'not-found':
      '`curl localhost:8080/api/http/routers` (or the dashboard) lists the rules of the routers and their entry points: add or mend the Host() or PathPrefix() that has to fit, and request it again',
    'rate-limited':
      'raise average and burst of the rateLimit middleware for this router, or set its sourceCriterion.ipStrategy so that the test machine counts by itself; then send the request by itself',
    'upstream-down':
      '`curl localhost:8080/api/http/services` shows serverStatus of the service: start the container, mend loadbalancer.server.port or the health check; then send the request again',
    'not-authorized':
      'the answer is that of the service that forwardAuth.address names: look at its log, and at authRequestHeaders that it is to see; then send the request again',
    'authentication-required':
      'send a user of basicAuth.users (`htpasswd -nb`), or take the middleware off this router; then request it with `curl -u`',
    'ip-denied':
      'add the address to sourceRange of the IPAllowList middleware of that router; behind a load balancer set ipStrategy.depth first',
  },
};
