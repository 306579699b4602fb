import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';
import { expressLog } from './express-log.js';
import { expressPages } from './express-pages.js';
import { expressShortAnswers } from './express-short-answers.js';

export const expressSystem: System = {
  id: 'express',
  name: 'Express',
  layer: 'application',
  source: 'Express 4, csurf, csrf-csrf, lusca, express-rate-limit, captured',
  rides: [header('x-powered-by', /^Express$/)],
  refusals: [
    ...expressLog,
    ...expressPages,
    ...expressShortAnswers,
    {
      id: 'rate',
      by: 'code',
      all: [status(429), body('Too many requests, please try again later.')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'express-rate-limit counted too many requests',
      seen: ['node/express-ratelimit-draft7', 'node/express-ratelimit-legacy'],
    },
  ],
  fixes: {
    'token-expired':
      'fetch a fresh token before each run (a session with `expires`); `clockTolerance` of express-jwt allows for clocks that differ',
    'authentication-required':
      'find the middleware that answers 401 (`expressjwt({ secret, algorithms })`, `passport.authenticate`), and send what it reads: Authorization: Bearer or the session cookie',
    'ip-denied':
      'add the address of the test machine to the list of `IpFilter(ips, { mode: "allow" })`; behind a proxy `app.set("trust proxy", …)` first',
    'malformed-request':
      '`express.json()` could not read the body: send JSON that is whole with its Content-Type; `verify` and `strict` of it decide on the rest',
    'content-type-denied':
      'add the type to `type` of express.json() or express.text(), or send application/json; an unknown charset or encoding is refused by body-parser too',
    'path-denied':
      '`dotfiles: "deny"` of express.static (or serve-static) refuses it: serve the one file by a route of its own, and request it again',
    'not-authorized':
      'find the middleware or handler that answers 403 (`grep -rn "403" src`), and send as a user with the role that it asks for',
    'internal-error':
      '`DEBUG=express:*` and the log of the process have the stack: mend it, and send the request again',
    csrf: 'give the suite a session: GET the page that makes the token, and send its cookie and token (field _csrf or header x-csrf-token)',
    cors: 'add the origin to the `origin` option of the cors middleware',
    'rate-limited':
      'raise `limit` of express-rate-limit for the address of the tests (`skip`), or slow the run down (--rate)',
    'body-too-large': 'raise `limit` of express.json() or express.urlencoded() for that route',
    'not-found': 'check method and path against the routes, and what is mounted before them',
  },
};
