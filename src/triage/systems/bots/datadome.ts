import { header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const datadomeSystem: System = {
  id: 'datadome',
  name: 'DataDome',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-datadome'), header('set-cookie', /^datadome=/)],
  refusals: [
    {
      id: 'header',
      by: 'header',
      all: [status(401, 403, 405, 429), header('x-datadome'), markup(/captcha-delivery\.com/)],
      cause: 'challenge',
      grade: 'proved',
      says: "DataDome's captcha",
    },
    {
      id: 'cid',
      by: 'header',
      all: [status(403, 405, 429), header('x-dd-b')],
      cause: 'challenge',
      grade: 'proved',
      says: 'x-dd-b: DataDome blocked the client',
    },
    {
      id: 'json',
      by: 'code',
      all: [status(403, 405, 429), json('url', /captcha-delivery\.com/)],
      cause: 'challenge',
      grade: 'proved',
      says: "DataDome's captcha for API calls",
    },
  ],
  fixes: {
    challenge:
      'dashboard > Protection > Custom rules: allow the address or a secret header of the test machine on the staging host; then the same request has to come back without X-DataDome',
  },
};
