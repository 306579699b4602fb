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
};
