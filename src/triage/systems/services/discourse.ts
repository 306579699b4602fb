import { body, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const discourseSystem: System = {
  id: 'discourse',
  name: 'Discourse',
  layer: 'application',
  source: 'https://meta.discourse.org',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), body('["BAD CSRF"]')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
    {
      id: 'access',
      by: 'code',
      all: [status(403), json('error_type', 'invalid_access')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user may not do this',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('error_type', 'rate_limit')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a rate limit is reached',
    },
    {
      id: 'login',
      by: 'code',
      all: [status(403), json('error_type', 'not_logged_in')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
    },
  ],
  fixes: {
    csrf: 'GET /session/csrf first, and send its token in X-CSRF-Token with the session cookie; an API key (Api-Key, Api-Username) needs none',
    'not-authorized':
      'admin > API shows the scopes of the key, admin > Users the groups: grant what the topic or category asks for, and send the request again',
    'rate-limited':
      '`extras.wait_seconds` says how long; raise max_reqs_per_ip_per_minute or max_admin_api_reqs_per_minute (DISCOURSE_… in app.yml), or lower --rate',
    'authentication-required': 'send Api-Key and Api-Username, or the session cookie (`_t`) of a login',
  },
};
