import { header, logged, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const naxsiSystem: System = {
  id: 'naxsi',
  name: 'NAXSI',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-data-origin', /naxsi/i)],
  refusals: [
    {
      id: 'log',
      by: 'log',
      all: [status(403, 404, 406, 412, 418), logged('naxsi', /(?:^|&)block=1(?:&|$)/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'NAXSI says that it blocked this request',
    },
    {
      id: 'page',
      by: 'page',
      all: [markup(/blocked by naxsi/i), status(403, 404, 406, 412)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'a page that names NAXSI',
    },
  ],
  fixes: {
    'waf-rule':
      'the NAXSI_FMT line names rule id and zone: add `BasicRule wl:ID "mz:$URL:/path|$BODY_VAR:name"` for it, reload, and send the request again',
  },
};
