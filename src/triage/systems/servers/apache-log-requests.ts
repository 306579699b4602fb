import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Apache httpd: lines of its log on the form, the size and the number of requests. */
export const apacheLogRequests: readonly RefusalPattern[] = [
  {
    id: 'evasive',
    by: 'log',
    all: [
      status(403, 429),
      logged('apache-error', /^client denied by server configuration/),
      logged('apache-error', /^evasive/, 'module'),
    ],
    cause: 'rate-limited',
    grade: 'proved',
    says: 'mod_evasive counted too many requests of this client',
  },
  {
    id: 'evasive-plain',
    by: 'log',
    all: [status(403), logged('apache-error', /^client denied by server configuration: /)],
    cause: 'rate-limited',
    grade: 'likely',
    says: "a line without an AH number is mod_evasive's: it counted too many requests of this client",
    or: ['server/path-denied'],
  },
  {
    id: 'bad-path',
    by: 'log',
    all: [status(400, 403), logged('apache-error', /^AH10244: invalid URI path/)],
    cause: 'malformed-request',
    grade: 'proved',
    says: 'the path leads out of the site',
  },
  {
    id: 'bad-request',
    by: 'log',
    all: [
      status(400, 408, 413, 414, 431),
      logged('apache-error', /^AH0(?:056[0-9]|0[34]\d\d): .*(?:request|header|method|malformed|URI)/i),
    ],
    cause: 'malformed-request',
    grade: 'likely',
    says: 'the request is not well formed, or a part of it is too long',
    or: ['server/body-too-large'],
  },
  {
    id: 'bad-method',
    by: 'log',
    all: [status(400, 405, 501), logged('apache-error', /^AH00135: Invalid method in request/)],
    cause: 'method-not-supported',
    grade: 'proved',
    says: 'Apache does not know the method',
  },
  {
    id: 'bad-uri',
    by: 'log',
    all: [status(400, 404), logged('apache-error', /^AH0012[67]: (?:Invalid URI|Cannot map)/)],
    cause: 'malformed-request',
    grade: 'proved',
    says: 'the URL is not well formed',
  },
  {
    id: 'too-large',
    by: 'log',
    all: [
      status(413),
      logged('apache-error', /^AH0(?:0588|0589|1587|1588): .*(?:larger than the configured limit|exceeds)/),
    ],
    cause: 'body-too-large',
    grade: 'proved',
    says: 'the body is over LimitRequestBody',
  },
  {
    id: 'no-variant',
    by: 'log',
    all: [status(406), logged('apache-error', /^AH00690: no acceptable variant/)],
    cause: 'content-type-denied',
    grade: 'proved',
    says: 'mod_negotiation has the file in no form that Accept asks for',
  },
  {
    id: 'redirect-loop',
    by: 'log',
    all: [status(500), logged('apache-error', /^AH00124: Request exceeded the limit of/)],
    cause: 'internal-error',
    grade: 'proved',
    says: 'rewrite rules send the request round in a circle',
  },
  {
    id: 'slow-request',
    by: 'log',
    all: [status(408), logged('apache-error', /^AH0138[12]: Request (?:header|body) read timeout/)],
    cause: 'connection-dropped',
    grade: 'proved',
    says: 'the request came too slowly (mod_reqtimeout)',
  },
];
