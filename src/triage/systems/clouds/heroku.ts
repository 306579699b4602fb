import { header, logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const herokuSystem: System = {
  id: 'heroku',
  name: 'Heroku',
  layer: 'gateway',
  source: 'https://devcenter.heroku.com/articles/error-codes',
  rides: [header('via', /^1\.1 (?:vegur|heroku-router)/), header('server', /^(?:Cowboy|Heroku)$/)],
  refusals: [
    {
      id: 'router',
      by: 'log',
      all: [status(502, 503, 504), logged('heroku', /^H(?:1\d|2\d|8\d|99)$/, 'code')],
      cause: 'upstream-down',
      grade: 'proved',
      says: "the router's log has the code of the error",
    },
    {
      id: 'app-error',
      by: 'page',
      all: [status(500, 503), title('Application Error'), markup(/herokucdn\.com\/error-pages/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the application on Heroku crashed or did not start',
    },
    {
      id: 'maintenance',
      by: 'page',
      all: [status(503), title('Offline for Maintenance'), markup(/herokucdn\.com/)],
      cause: 'maintenance',
      grade: 'proved',
      says: 'maintenance mode is on',
    },
    {
      id: 'no-app',
      by: 'page',
      all: [status(404), markup(/herokucdn\.com\/error-pages\/no-such-app/), title(/No such app|Heroku/i)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'no application has this host name',
    },
  ],
  fixes: {
    'upstream-down':
      '`heroku logs --tail` has code=H… for the request id: H10 a crash, H12 slower than 30 s, H14 no web dyno (`heroku ps:scale web=1`); mend that, and send the request again',
    maintenance: '`heroku maintenance:off` ends it; `heroku maintenance` shows the state',
    'host-not-allowed': '`heroku domains` lists the names: add the host (`heroku domains:add`), or send one of them',
  },
};
