import { json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const firebaseSystem: System = {
  id: 'firebase',
  name: 'Firebase Realtime Database',
  layer: 'application',
  source: 'https://firebase.google.com/docs/database/security',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'code',
      all: [status(401, 403), jsonKeys('error'), json('error', 'Permission denied')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the security rules of the database refuse this path',
      or: ['application/authentication-required'],
    },
    {
      id: 'token',
      by: 'code',
      all: [
        status(401),
        jsonKeys('error'),
        json('error', /^(?:Auth token is expired|Could not parse auth token|Unauthorized request)/),
      ],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired, or cannot be read',
      or: ['application/authentication-required'],
    },
  ],
  fixes: {
    'not-authorized':
      'try path and user in the Rules Playground of the console; change `.read` or `.write` of that path, and deploy (`firebase deploy --only database`)',
    'token-expired': 'fetch a fresh ID token before each run: one lives an hour',
  },
};
