import { heading, markup, status } from '../../sign.js';
import type { System } from '../../system.js';
import { haproxyLog } from './haproxy-log.js';

export const haproxySystem: System = {
  id: 'haproxy',
  name: 'HAProxy',
  layer: 'server',
  source: 'HAProxy 2.6.12, captured',
  rides: [],
  refusals: [
    ...haproxyLog,
    {
      id: 'stock-403',
      by: 'page',
      all: [status(403), heading('403 Forbidden'), markup('Request forbidden by administrative rules.')],
      cause: 'path-denied',
      grade: 'possible',
      says: "this is HAProxy's own page for a deny rule; which one, the log and the configuration tell",
      or: ['server/ip-denied', 'edge/path-denied', 'gateway/path-denied'],
      seen: ['haproxy/deny', 'haproxy/stock-on-the-net'],
    },
    {
      id: 'stock-400',
      by: 'page',
      all: [status(400), heading('400 Bad request'), markup('Your browser sent an invalid request.')],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'HAProxy could not understand the request',
      or: ['server/path-denied'],
    },
    {
      id: 'stock-401',
      by: 'page',
      all: [
        status(401),
        heading('401 Unauthorized'),
        markup('You need a valid user and password to access this content.'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'HAProxy asks for credentials',
    },
    {
      id: 'stock-405',
      by: 'page',
      all: [
        status(405),
        heading('405 Method Not Allowed'),
        markup('A request was made of a resource using a request method not supported by that resource'),
      ],
      cause: 'method-denied',
      grade: 'likely',
      says: 'a rule of HAProxy refuses the method',
    },
    {
      id: 'stock-408',
      by: 'page',
      all: [
        status(408),
        heading('408 Request Time-out'),
        markup("Your browser didn't send a complete request in time."),
      ],
      cause: 'connection-dropped',
      grade: 'likely',
      says: 'the request came too slowly',
    },
    {
      id: 'stock-413',
      by: 'page',
      all: [status(413), heading('413 Payload Too Large'), markup('The request entity exceeds the maximum allowed.')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'a rule of HAProxy limits the body',
    },
    {
      id: 'stock-429',
      by: 'page',
      all: [
        status(429),
        heading('429 Too Many Requests'),
        markup('You have sent too many requests in a given amount of time.'),
      ],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a rule of HAProxy limits requests',
      seen: ['haproxy/d429'],
    },
    {
      id: 'stock-500',
      by: 'page',
      all: [status(500), heading('500 Internal Server Error'), markup('An internal server error occurred.')],
      cause: 'internal-error',
      grade: 'possible',
      says: 'HAProxy answers so after a tarpit, and for its own errors',
      or: ['server/rate-limited'],
    },
    {
      id: 'stock-502',
      by: 'page',
      all: [status(502), heading('502 Bad Gateway'), markup('The server returned an invalid or incomplete response.')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the server behind HAProxy gave no valid answer; a rule on answers (http-response deny) looks the same',
      or: ['server/path-denied', 'waf/waf-outbound'],
    },
    {
      id: 'stock-503',
      by: 'page',
      all: [status(503), heading('503 Service Unavailable'), markup('No server is available to handle this request.')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'no server of the backend can be reached',
      seen: ['haproxy/dead'],
    },
    {
      id: 'stock-504',
      by: 'page',
      all: [status(504), heading('504 Gateway Time-out'), markup("The server didn't respond in time.")],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the server behind HAProxy took too long',
    },
  ],
  fixes: {
    'authentication-required':
      'send credentials of the userlist that `http-request auth` names (`curl -u`), or narrow its ACL; `haproxy -c -f`, reload',
    'malformed-request':
      '`show errors` on the stats socket has the bytes and the place: correct them, or for a long head raise tune.bufsize; `haproxy -c -f`, reload, and send the same bytes again',
    'method-denied':
      'find the `http-request deny` with METH in its ACL, add the method for this path, `haproxy -c -f`, reload, and send the request again',
    'connection-dropped':
      'find the `http-request reject` or `silent-drop`, or a timeout (timeout http-request) that covers it, except the test machine, `haproxy -c -f`, reload, and send the request again',
    'body-too-large':
      'find the ACL with req.body_size or hdr(content-length), raise its number for this path, `haproxy -c -f`, reload, and send the same body again',
    'internal-error':
      '`show errors` and the log line with its termination state say what failed; a tarpit is `http-request tarpit`: narrow its ACL, `haproxy -c -f`, reload, and send the request again',
    'path-denied':
      "find the `http-request deny` or `return` whose ACL covers it (`grep -n 'http-request\\|acl' /etc/haproxy/haproxy.cfg`), except the path or the address of the test machine, `haproxy -c`, reload, and send the request again",
    'rate-limited':
      'raise the threshold on the stick table (`show table` on the stats socket) for the address of the test machine, or slow the run down (--rate)',
    'client-certificate': 'send a certificate that ca-file of the bind line signs (`curl --cert … --key …`)',
    'upstream-down': '`show servers state` on the stats socket: bring the server of that backend up',
  },
};
