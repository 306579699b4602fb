import { body, header, heading, logged, markup, status } from '../../sign.js';
import type { System } from '../../system.js';
import { springCodes } from './spring-codes.js';

export const springSystem: System = {
  id: 'spring',
  name: 'Spring',
  layer: 'application',
  source: 'spring-security d449950b, source',
  rides: [],
  refusals: [
    ...springCodes,
    {
      id: 'log-csrf',
      by: 'log',
      all: [status(403), logged('spring', /^Invalid CSRF token found/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'CsrfFilter found no form token that fits',
    },
    {
      id: 'log-firewall',
      by: 'log',
      all: [status(400, 500), logged('spring', /^The request was rejected because/)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'StrictHttpFirewall refuses the URL, the method or a header',
    },
    {
      id: 'log-cors',
      by: 'log',
      all: [status(403), logged('spring', /^Reject: /)],
      cause: 'cors',
      grade: 'proved',
      says: 'the CORS configuration does not know the origin',
    },
    {
      id: 'log-denied',
      by: 'log',
      all: [status(403), logged('spring', /^(?:Access is denied|Failed to authorize)/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'Spring Security refuses the user',
    },
    {
      id: 'whitelabel-403',
      by: 'page',
      all: [status(403), heading('Whitelabel Error Page'), markup('type=Forbidden, status=403')],
      cause: 'unknown',
      layer: 'application',
      grade: 'proved',
      says: "Spring Boot's page: Spring Security refuses the user, or the form token of a POST",
      or: ['application/not-authorized', 'application/csrf', 'application/cors'],
    },
    {
      id: 'whitelabel-404',
      by: 'page',
      all: [status(404), heading('Whitelabel Error Page'), markup('type=Not Found, status=404')],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such mapping',
    },
    {
      id: 'whitelabel',
      by: 'page',
      all: [heading('Whitelabel Error Page'), markup('There was an unexpected error')],
      cause: 'internal-error',
      grade: 'possible',
      says: "Spring Boot's page for an error",
      or: ['application/malformed-request'],
    },
    {
      id: 'gateway-rate',
      by: 'header',
      all: [status(429), header('x-ratelimit-replenish-rate'), header('x-ratelimit-burst-capacity')],
      cause: 'rate-limited',
      layer: 'gateway',
      grade: 'proved',
      says: 'RequestRateLimiter of Spring Cloud Gateway counted too many requests',
    },
    {
      id: 'empty-403',
      by: 'status',
      all: [
        status(403),
        body(''),
        header('x-content-type-options', 'nosniff'),
        header('expires', '0'),
        header('cache-control', /no-cache, no-store, max-age=0, must-revalidate/),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'an empty 403 with the headers that Spring Security writes: it refuses the user, or the form token of a POST',
      or: ['application/csrf', 'application/cors'],
    },
    {
      id: 'empty-401',
      by: 'status',
      all: [
        status(401),
        body(''),
        header('expires', '0'),
        header('cache-control', /no-cache, no-store, max-age=0, must-revalidate/),
      ],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'an empty 401 with the headers that Spring Security writes',
    },
    {
      id: 'whitelabel-denied',
      by: 'page',
      all: [
        status(403),
        heading('Whitelabel Error Page'),
        markup('type=Forbidden, status=403'),
        markup('Access Denied'),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: "Spring Boot's page, and Access Denied is the message of an AccessDeniedException",
      or: ['application/csrf'],
    },
    {
      id: 'whitelabel-405',
      by: 'page',
      all: [status(405), heading('Whitelabel Error Page'), markup('type=Method Not Allowed, status=405')],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the mapping takes no such method',
    },
    {
      id: 'whitelabel-401',
      by: 'page',
      all: [status(401), heading('Whitelabel Error Page'), markup('type=Unauthorized, status=401')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
    },
    {
      id: 'whitelabel-400',
      by: 'page',
      all: [status(400), heading('Whitelabel Error Page'), markup('type=Bad Request, status=400')],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the content does not fit the mapping',
    },
    {
      id: 'whitelabel-415',
      by: 'page',
      all: [status(415), heading('Whitelabel Error Page'), markup('type=Unsupported Media Type, status=415')],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the mapping takes no such Content-Type',
    },
  ],
  fixes: {
    'rate-limited':
      'raise replenishRate and burstCapacity of RequestRateLimiter for the key of the tests (spring.cloud.gateway.routes), or slow the run down (--rate)',
    'authentication-required':
      '`SecurityFilterChain` asks for it (`authenticated()`): send what httpBasic, formLogin or oauth2ResourceServer reads; logging.level.org.springframework.security=DEBUG says why',
    'not-found':
      '/actuator/mappings lists the handlers; server.servlet.context-path and spring.mvc.pathmatch decide on the rest; then request one that is there',
    'method-not-supported':
      '/actuator/mappings shows the methods of the path: send one of them, or add it to @RequestMapping',
    'content-type-denied':
      '`consumes` or `produces` of the handler, or its message converters, do not have it: send application/json, or add the type',
    'body-too-large':
      'raise spring.servlet.multipart.max-file-size and max-request-size (or server.tomcat.max-http-form-post-size), restart, and send the same body again',
    'internal-error':
      'the log of the application has the exception at `timestamp`: mend it, and send the request again',
    'token-expired':
      'fetch a fresh token before each run; JwtTimestampValidator allows for 60 seconds that clocks differ',
    csrf: 'give the suite a session: GET the page, and send its _csrf (or X-XSRF-TOKEN from the cookie) with the session cookie; for a stateless API switch csrf off for that path only',
    cors: 'add the origin, method and headers to the CorsConfiguration, and http.cors() to the filter chain',
    'not-authorized':
      '`logging.level.org.springframework.security=DEBUG` names the filter that denied it: send as a user with the authority',
    'malformed-request':
      'send the path without what StrictHttpFirewall refuses (;, //, %2F, %25), or relax that one setting',
  },
};
