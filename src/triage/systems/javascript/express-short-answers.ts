import { body, header, markup, no, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Express: answers of handlers, and pages with a status alone. */
export const expressShortAnswers: readonly RefusalPattern[] = [
  {
    id: 'prod-429',
    by: 'stock',
    all: [status(429), title('Error'), markup('<pre>Too Many Requests</pre>')],
    cause: 'rate-limited',
    grade: 'likely',
    says: "Express's page for an error with this status",
  },
  {
    id: 'prod-415',
    by: 'stock',
    all: [status(415), title('Error'), markup('<pre>Unsupported Media Type</pre>')],
    cause: 'content-type-denied',
    grade: 'likely',
    says: "Express's page for an error with this status",
  },
  {
    id: 'send-403',
    by: 'status',
    all: [status(403), header('x-powered-by', 'Express'), body('Forbidden')],
    cause: 'not-authorized',
    grade: 'possible',
    says: 'a handler of the application sends a bare 403',
    or: ['application/csrf', 'application/ip-denied'],
    seen: ['node/express-sendstatus403'],
  },
  {
    id: 'json-403',
    by: 'status',
    all: [status(403), header('x-powered-by', 'Express'), header('content-type', /json/)],
    cause: 'not-authorized',
    grade: 'possible',
    says: 'a handler of the application sends its own 403',
    or: ['application/csrf', 'application/business-rule'],
    seen: ['node/express-json403'],
  },
  {
    id: 'json-401',
    by: 'status',
    all: [status(401), header('x-powered-by', 'Express'), no(header('content-type', /json/))],
    cause: 'authentication-required',
    grade: 'likely',
    says: 'a handler of the application asks for credentials',
  },
];
