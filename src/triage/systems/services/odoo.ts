import { header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const odooSystem: System = {
  id: 'odoo',
  name: 'Odoo',
  layer: 'application',
  source: 'https://github.com/odoo/odoo',
  rides: [header('set-cookie', /^frontend_lang=/)],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [status(400), markup('Session expired (invalid CSRF token)')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or of another session',
    },
    {
      id: 'session',
      by: 'code',
      all: [json('error.code', '100'), json('error.message', /Session Expired/i)],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the session is gone',
    },
    {
      id: 'access',
      by: 'code',
      all: [json('error.data.name', /^odoo\.exceptions\.AccessError$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'an access right or record rule refuses the user',
    },
    {
      id: 'denied',
      by: 'code',
      all: [json('error.data.name', /^odoo\.exceptions\.AccessDenied$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'user, password or key are not accepted',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send its csrf_token with the cookie session_id; `csrf=False` on a route is for webhooks only',
    'token-expired': 'log in afresh by /web/session/authenticate before each run, and keep session_id',
    'not-authorized': 'Settings > Technical > Access Rights and Record Rules name model and group: add the user to it',
    'authentication-required':
      'send the login of a user of this database, with an API key in the place of the password',
  },
};
