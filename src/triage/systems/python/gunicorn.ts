import { header, heading, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const gunicornSystem: System = {
  id: 'gunicorn',
  name: 'gunicorn',
  layer: 'runtime',
  source: 'gunicorn, gunicorn/util.py',
  rides: [header('server', /^gunicorn/)],
  refusals: [
    {
      id: 'bad-request',
      by: 'page',
      all: [
        status(400),
        title('Bad Request'),
        heading('Bad Request'),
        markup(/<p>(?:<h1>)?(?:Bad Request|Invalid|Request)/),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'gunicorn could not read the request',
    },
    {
      id: 'headers',
      by: 'page',
      all: [
        status(400, 431),
        title(/^Bad Request$/),
        markup(/limit request (?:line|headers fields|field)|Error parsing headers/i),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'a header is over the limits of gunicorn (limit_request_field_size)',
    },
  ],
  fixes: {
    'malformed-request':
      'the log says which part is wrong; raise `--limit-request-line`, `--limit-request-field_size` or `--limit-request-fields` where it is a length, restart, and send the same bytes again',
  },
};
