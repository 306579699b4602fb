import { json, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const nextcloudSystem: System = {
  id: 'nextcloud',
  name: 'Nextcloud',
  layer: 'application',
  source: 'documentation and source of Nextcloud',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'code',
      all: [status(412), json('message', 'CSRF check failed'), json('message')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the request token is missing or wrong',
    },
    {
      id: 'domain',
      by: 'page',
      all: [status(400), markup('Access through untrusted domain'), title(/Nextcloud/)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the host is not in trusted_domains',
    },
    {
      id: 'strict',
      by: 'code',
      all: [status(412), json('message', /^Strict Cookie has not been found/), json('message')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the strict cookie is missing',
    },
  ],
  fixes: {
    csrf: 'send the header `OCS-APIRequest: true` for API calls, or the requesttoken of the page with the session cookie',
    'host-not-allowed':
      '`occ config:system:set trusted_domains 2 --value=HOST` adds it; behind a proxy see trusted_proxies and overwritehost too',
  },
};
