import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Express: lines of logs. */
export const expressLog: readonly RefusalPattern[] = [
  {
    id: 'log-csrf',
    by: 'log',
    all: [status(403), logged('node', /^(?:invalid csrf token|CSRF token (?:missing|mismatch))/i)],
    cause: 'csrf',
    grade: 'proved',
    says: 'the error in the log says that the token of the form is missing or wrong',
    seen: ['node/csrf-csrf', 'node/express-prod-csurf'],
  },
  {
    id: 'log-cors',
    by: 'log',
    all: [status(403, 500), logged('node', /^Not allowed by CORS/)],
    cause: 'cors',
    grade: 'proved',
    says: 'the error in the log says that the origin is not known',
    seen: ['node/cors-throw'],
  },
  {
    id: 'log-jwt-expired',
    by: 'log',
    all: [status(401, 403), logged('node', /^jwt expired/)],
    cause: 'token-expired',
    grade: 'proved',
    says: 'the error in the log says that the token has expired',
    seen: ['node/express-jwt-expired'],
  },
  {
    id: 'log-jwt',
    by: 'log',
    all: [
      status(401, 403),
      logged(
        'node',
        /^(?:invalid (?:token|signature|algorithm)|jwt (?:malformed|signature is required|audience invalid|issuer invalid|not active)|No authorization token was found)/,
      ),
    ],
    cause: 'authentication-required',
    grade: 'proved',
    says: 'the error in the log says that the token is not accepted',
  },
  {
    id: 'log-ip',
    by: 'log',
    all: [status(403), logged('node', /^Access denied to IP address/)],
    cause: 'ip-denied',
    grade: 'proved',
    says: 'the error in the log says that the address is refused',
  },
  {
    id: 'log-json',
    by: 'log',
    all: [
      status(400),
      logged('node', /^(?:Unexpected token|Unexpected end of JSON input|Expected property name|Bad control character)/),
    ],
    cause: 'malformed-request',
    grade: 'proved',
    says: 'the error in the log says that the body is no valid JSON',
    seen: ['node/express-json-bad'],
  },
  {
    id: 'log-large',
    by: 'log',
    all: [status(413), logged('node', /^request entity too large/)],
    cause: 'body-too-large',
    grade: 'proved',
    says: 'the error in the log says that the body is over the limit of the body parser',
  },
];
