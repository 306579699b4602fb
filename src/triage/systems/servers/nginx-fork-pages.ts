import { heading, markup, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';
import { behindForbidden, nginxLogTells } from './nginx-pages.js';

/**
 * The pages of a server that is derived from nginx: the same, with its own name at the foot.
 * @param mark how it writes its name there
 */
export function nginxForkPages(name: string, mark: string): readonly RefusalPattern[] {
  return [
    {
      id: 'stock-403',
      by: 'stock',
      all: [status(403), title('403 Forbidden'), markup(`<hr><center>${mark}`)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'proved',
      says: `this is ${name}'s own page; a module, a script or a gateway built on it may have sent it`,
      or: behindForbidden,
      next: nginxLogTells,
    },
    {
      id: 'stock-401',
      by: 'stock',
      all: [status(401), title('401 Authorization Required'), markup(`<hr><center>${mark}`)],
      cause: 'authentication-required',
      grade: 'likely',
      says: `${name} asks for credentials`,
    },
    {
      id: 'stock-client-certificate',
      by: 'page',
      all: [
        status(400),
        title(/^400 (?:No required SSL certificate was sent|The SSL certificate error)$/),
        heading('400 Bad Request'),
        markup(`<hr><center>${mark}`),
      ],
      cause: 'client-certificate',
      grade: 'proved',
      says: 'the client showed no certificate, or one that is not accepted',
    },
    {
      id: 'stock-plain-http',
      by: 'page',
      all: [
        status(400),
        title('400 The plain HTTP request was sent to HTTPS port'),
        heading('400 Bad Request'),
        markup(`<hr><center>${mark}`),
      ],
      cause: 'tls-required',
      grade: 'proved',
      says: 'plain HTTP was spoken to a port for TLS',
    },
    {
      id: 'stock-400',
      by: 'stock',
      all: [
        status(400, 414),
        title(/^4(?:00 (?:Bad Request|Request Header Or Cookie Too Large)|14 )/),
        markup(`<hr><center>${mark}`),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the request is not well formed, or a part of it is too long',
      or: ['server/body-too-large'],
    },
    {
      id: 'stock-500',
      by: 'stock',
      all: [status(500), title('500 Internal Server Error'), markup(`<hr><center>${mark}`)],
      cause: 'internal-error',
      grade: 'likely',
      says: `${name} failed: a script, a subrequest or the configuration`,
      or: ['gateway/internal-error'],
    },
    {
      id: 'stock-404',
      by: 'stock',
      all: [status(404), title('404 Not Found'), markup(`<hr><center>${mark}`)],
      cause: 'not-found',
      grade: 'likely',
      says: `${name} has nothing at this path`,
    },
    {
      id: 'stock-405',
      by: 'stock',
      all: [status(405), title('405 Not Allowed'), markup(`<hr><center>${mark}`)],
      cause: 'method-not-supported',
      grade: 'likely',
      says: `${name} has a file or a return at this path, which takes no such method`,
    },
    {
      id: 'stock-413',
      by: 'stock',
      all: [status(413), title('413 Request Entity Too Large'), markup(`<hr><center>${mark}`)],
      cause: 'body-too-large',
      grade: 'likely',
      says: 'the body is over client_max_body_size',
    },
    {
      id: 'stock-429',
      by: 'stock',
      all: [status(429), title('429 Too Many Requests'), markup(`<hr><center>${mark}`)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a limit is reached',
    },
    {
      id: 'stock-502',
      by: 'stock',
      all: [status(502, 504), title(/^50[24] /), markup(`<hr><center>${mark}`)],
      cause: 'upstream-down',
      grade: 'likely',
      says: `what ${name} is a proxy for gave no valid answer`,
    },
    {
      id: 'stock-503',
      by: 'stock',
      all: [status(503), title('503 Service Temporarily Unavailable'), markup(`<hr><center>${mark}`)],
      cause: 'rate-limited',
      grade: 'possible',
      says: 'a limit is reached, or no server behind it is up',
      or: ['server/upstream-down', 'server/maintenance'],
    },
  ];
}
