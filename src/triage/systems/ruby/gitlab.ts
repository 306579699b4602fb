import { header, heading, json, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const gitlabSystem: System = {
  id: 'gitlab',
  name: 'GitLab',
  layer: 'application',
  source: 'https://github.com/sameersbn/docker-gitlab/issues/453',
  rides: [header('x-gitlab-meta')],
  refusals: [
    {
      id: 'scope',
      by: 'code',
      all: [status(403), json('error', 'insufficient_scope'), json('scope')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks the scope that it names',
    },
    {
      id: 'token',
      by: 'code',
      all: [status(401), json('message', '401 Unauthorized')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'there is no token, or none that is valid',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('message', /^403 Forbidden/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user may not do this',
    },
    {
      id: 'missing',
      by: 'code',
      all: [status(404), json('message', /^404 .{1,60} Not Found$/)],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such object, or the user may not see it',
      or: ['application/not-authorized'],
    },
    {
      id: '422',
      by: 'page',
      all: [status(422), title('The change you requested was rejected (422)'), heading(/./)],
      cause: 'csrf',
      grade: 'likely',
      says: 'the form token does not fit the session: it may be on another node',
      fix: "send the form's token with the cookie of the same session; behind several nodes share the session store or make the balancer sticky",
      seen: ['gitlab/422-two-upstreams'],
    },
    {
      id: 'expired',
      by: 'code',
      all: [status(401), json('error', 'invalid_token'), json('error_description', /expired/)],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'revoked',
      by: 'code',
      all: [status(401), json('error', 'invalid_token'), json('error_description', /revoked/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token was revoked',
    },
  ],
  fixes: {
    'not-authorized':
      'project > Manage > Members shows the role, and the token its scopes (`GET /personal_access_tokens/self`): grant the one that the reference of the call names, and send it again',
    'authentication-required': 'send a token in PRIVATE-TOKEN or Authorization: Bearer that `GET /user` accepts',
    'not-found':
      'GitLab answers 404 to who may not see a project too: try `GET /projects/ID` with the same token, and add it to the members',
    'token-expired':
      'make a new one (user settings > Access tokens) with an expiry after the run; `GET /personal_access_tokens/self` shows expires_at',
  },
  references: [{ header: 'x-request-id', as: 'correlation id' }],
};
