import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const salesforceSystem: System = {
  id: 'salesforce',
  name: 'Salesforce',
  layer: 'application',
  source: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm',
  rides: [],
  refusals: [
    {
      id: 'session',
      by: 'code',
      all: [status(401), json('0.errorCode', 'INVALID_SESSION_ID')],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the session or access token has expired, or is not valid',
      or: ['application/authentication-required'],
    },
    {
      id: 'access',
      by: 'code',
      all: [
        status(403),
        json(
          '0.errorCode',
          /^(?:INSUFFICIENT_ACCESS|INSUFFICIENT_ACCESS_OR_READONLY|API_DISABLED_FOR_ORG|FUNCTIONALITY_NOT_ENABLED)/,
        ),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user or its edition may not do this',
    },
    {
      id: 'limit',
      by: 'code',
      all: [status(403), json('0.errorCode', 'REQUEST_LIMIT_EXCEEDED')],
      cause: 'quota',
      grade: 'proved',
      says: 'the API calls of the organisation are used up, told with 403',
    },
  ],
  fixes: {
    'token-expired':
      'fetch a fresh access token before each run (a session with `expires`); Setup > Session Settings shows how long one lives',
    'not-authorized':
      'give the profile or a permission set of the user `API Enabled` and access to the object and its fields',
    quota: 'Setup > Company Information shows the calls of the last 24 hours; wait, or lower --rate',
  },
};
