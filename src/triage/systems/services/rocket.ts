import { header, heading, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

const foot = '<small>Rocket</small>';

export const rocketSystem: System = {
  id: 'rocket',
  name: 'Rocket',
  layer: 'application',
  source: 'https://github.com/rwf2/Rocket/blob/master/core/lib/src/catcher/catcher.rs',
  rides: [header('server', 'Rocket')],
  refusals: [
    {
      id: '401',
      by: 'page',
      all: [status(401), heading('401: Unauthorized'), markup(foot)],
      cause: 'authentication-required',
      grade: 'proved',
      says: "Rocket's catcher: a request guard asks for credentials",
    },
    {
      id: '403',
      by: 'page',
      all: [status(403), heading('403: Forbidden'), markup(foot)],
      cause: 'not-authorized',
      grade: 'proved',
      says: "Rocket's catcher: a request guard refuses the user",
      or: ['application/csrf'],
    },
    {
      id: '404',
      by: 'page',
      all: [status(404), heading('404: Not Found'), markup(foot)],
      cause: 'not-found',
      grade: 'proved',
      says: "Rocket's catcher: no route takes it",
    },
    {
      id: '413',
      by: 'page',
      all: [status(413), heading(/^413: /), markup(foot)],
      cause: 'body-too-large',
      grade: 'proved',
      says: "Rocket's catcher: the body is over a limit",
    },
    {
      id: '422',
      by: 'page',
      all: [status(400, 422), heading(/^4(?:00|22): /), markup(foot)],
      cause: 'malformed-request',
      grade: 'proved',
      says: "Rocket's catcher: what was sent does not fit the form or type of the route",
    },
    {
      id: '500',
      by: 'page',
      all: [status(500), heading('500: Internal Server Error'), markup(foot)],
      cause: 'internal-error',
      grade: 'proved',
      says: "Rocket's catcher: the handler failed",
    },
  ],
  fixes: {
    'authentication-required':
      'the log of Rocket names the request guard that failed: send the cookie or header that it reads',
    'malformed-request':
      'the log of Rocket names the data guard and the field that failed: send the form or JSON of that type',
    'internal-error': 'the log of Rocket has the panic or error at that time: mend it, and send the request again',
    'not-authorized':
      'the log of Rocket (`ROCKET_LOG_LEVEL=normal`) names the request guard that failed: send the session or role that it asks for',
    'body-too-large':
      'raise the limit in Rocket.toml (`limits = { form = "64 kB", json = "1 MiB" }`), and send the same body again',
    'not-found': 'Rocket prints its routes at launch: compare method, path and rank, and send the request again',
  },
};
