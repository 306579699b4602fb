import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const microsoftGraphSystem: System = {
  id: 'microsoft-graph',
  name: 'Microsoft Graph',
  layer: 'application',
  source: 'https://learn.microsoft.com/en-us/graph/errors',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'code',
      all: [
        status(403),
        json('error.code', /^(?:Authorization_RequestDenied|accessDenied|ErrorAccessDenied|Forbidden|AccessDenied)$/),
        json('error.message'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks a permission, or the user may not do this',
    },
    {
      id: 'token',
      by: 'code',
      all: [
        status(401),
        json(
          'error.code',
          /^(?:InvalidAuthenticationToken|Authorization_IdentityNotFound|unauthenticated|UnknownError)$/,
        ),
        json('error.message'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is missing, expired or for another audience',
      or: ['application/token-expired'],
    },
    {
      id: 'throttled',
      by: 'code',
      all: [status(429), json('error.code', /^(?:TooManyRequests|activityLimitReached|ApplicationThrottled)$/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'there were too many requests',
    },
    {
      id: 'arm',
      by: 'code',
      all: [
        status(403),
        json('error.code', /^(?:AuthorizationFailed|RequestDisallowedByPolicy|LinkedAuthorizationFailed)$/),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'Azure Resource Manager: no role assignment allows this action on this scope',
    },
  ],
  fixes: {
    'not-authorized':
      'compare `scp` or `roles` in the token with the permissions that the reference of the call lists; grant the missing one in Entra ID > App registrations > API permissions, with admin consent',
    'authentication-required':
      'fetch a token for https://graph.microsoft.com/.default; `aud` and `exp` in it tell whether it is one',
    'rate-limited': 'wait as long as Retry-After says, and lower --rate',
  },
};
