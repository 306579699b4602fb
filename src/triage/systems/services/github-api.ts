import { body, header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const githubApiSystem: System = {
  id: 'github-api',
  name: 'GitHub API',
  layer: 'application',
  source: 'https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  rides: [header('x-github-request-id')],
  refusals: [
    {
      id: 'legal',
      by: 'code',
      all: [status(451), header('x-github-request-id'), json('block.reason')],
      cause: 'legal',
      grade: 'proved',
      says: 'the repository is withheld for the legal reason that the answer names',
    },
    {
      id: 'secondary',
      by: 'code',
      all: [status(403, 429), json('documentation_url'), json('message', /secondary rate limit/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a secondary rate limit, told with 403; Remaining need not be 0',
      seen: ['github-api/secondary-limit'],
    },
    {
      id: 'primary',
      by: 'code',
      all: [status(403, 429), header('x-ratelimit-remaining', '0'), json('message', /^API rate limit exceeded/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the hourly limit is used up, told with 403',
    },
    {
      id: 'abuse',
      by: 'code',
      all: [status(403), json('documentation_url'), json('message', /abuse detection mechanism/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the abuse detection acted',
    },
    {
      id: 'integration',
      by: 'code',
      all: [status(403), json('documentation_url'), json('message', 'Resource not accessible by integration')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token of the workflow or app lacks a permission',
    },
    {
      id: 'pat',
      by: 'code',
      all: [
        status(403),
        json('documentation_url'),
        json('message', 'Resource not accessible by personal access token'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks a permission',
    },
    {
      id: 'sso',
      by: 'code',
      all: [status(403), header('x-github-sso'), json('message', /SAML/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not authorized for the organisation (SAML)',
    },
    {
      id: 'agent',
      by: 'code',
      all: [
        status(403),
        body(/^Request forbidden by administrative rules\. Please make sure your request has a User-Agent header/),
      ],
      cause: 'user-agent-denied',
      grade: 'proved',
      says: 'the request has no User-Agent',
    },
    {
      id: 'bad',
      by: 'code',
      all: [status(401), json('message', 'Bad credentials'), json('documentation_url')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not valid',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('message', 'Not Found'), json('documentation_url')],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such thing, or the token may not see it',
      or: ['application/not-authorized'],
    },
    {
      id: 'scope',
      by: 'code',
      all: [
        status(403, 404),
        header('x-accepted-oauth-scopes'),
        json('message', /Must have admin rights|must have push access/i),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks rights on the repository',
    },
  ],
  fixes: {
    legal:
      '`block.html_url` of the answer is the notice: only its owner can have it lifted; take another repository for the tests',
    'rate-limited':
      '`gh api rate_limit` shows what is left and when it is reset; a secondary limit wants Retry-After and one request at a time: lower --rate and --connections',
    'not-authorized':
      'X-Accepted-GitHub-Permissions and X-OAuth-Scopes in the answer name what the token lacks: grant it (fine-grained token, app permissions, `permissions:` of the workflow), and authorize it for SSO',
    'authentication-required':
      'send `Authorization: Bearer TOKEN` that `gh api user` accepts; an expired token answers Bad credentials',
    'user-agent-denied': 'send a User-Agent (the name of the application): the API refuses requests without one',
    'not-found':
      'GitHub answers 404 to who may not see it too: `gh api repos/OWNER/NAME` with the same token tells; grant the token access to the repository',
  },
  references: [{ header: 'x-github-request-id', as: 'request id' }],
};
