import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const phpmyadminSystem: System = {
  id: 'phpmyadmin',
  name: 'phpMyAdmin',
  layer: 'application',
  source: 'documentation and source of phpMyAdmin',
  rides: [],
  refusals: [
    {
      id: 'token',
      by: 'code',
      all: [status(200, 403), json('error', /Token mismatch/), json('success', 'false')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the token does not fit the session',
    },
  ],
  fixes: {
    csrf: 'log in again, and send the `token` of the page with the phpMyAdmin cookie; session.gc_maxlifetime and LoginCookieValidity decide how long it lives',
  },
};
