import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const mattermostSystem: System = {
  id: 'mattermost',
  name: 'Mattermost',
  layer: 'application',
  source: 'https://github.com/mattermost/mattermost',
  rides: [header('x-version-id')],
  refusals: [
    {
      id: 'session',
      by: 'code',
      all: [status(401), json('id', /^api\.context\.(?:session_expired|token_provided|invalid_token)\.app_error$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is missing or the session has expired; a cookie without X-CSRF-Token is answered so too',
      or: ['application/csrf', 'application/token-expired'],
    },
    {
      id: 'permissions',
      by: 'code',
      all: [status(403), json('id', /^api\.context\.permissions\.app_error$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a permission',
    },
    {
      id: 'other',
      by: 'code',
      all: [status(403), json('id', /\.app_error$/), json('status_code', '403')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'Mattermost refuses the user',
    },
  ],
  fixes: {
    'authentication-required':
      'send `Authorization: Bearer TOKEN` of a personal access token; with the cookie MMAUTHTOKEN send X-CSRF-Token from MMCSRF too',
    'not-authorized':
      'System Console > Permissions: give the role of the user the permission that `detailed_error` names',
  },
};
