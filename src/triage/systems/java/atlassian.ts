import { body, header, heading, json, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const atlassianSystem: System = {
  id: 'atlassian',
  name: 'Atlassian Jira and Confluence',
  layer: 'application',
  source: 'https://confluence.atlassian.com/kb/ , captured and public threads',
  rides: [header('x-seraph-loginreason'), header('x-ausername'), header('x-arequestid')],
  refusals: [
    {
      id: 'xsrf',
      by: 'code',
      all: [status(403), body(/^XSRF check failed/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the XSRF check failed: X-Atlassian-Token is missing',
    },
    {
      id: 'xsrf-page',
      by: 'page',
      all: [status(403), title(/XSRF Security Token Missing/i)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing',
    },
    {
      id: 'captcha',
      by: 'header',
      all: [status(403), header('x-authentication-denied-reason', /^CAPTCHA_CHALLENGE/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'after several failed logins a CAPTCHA has to be solved at the login page',
      or: ['application/challenge'],
    },
    {
      id: 'denied',
      by: 'header',
      all: [status(401, 403), header('x-seraph-loginreason', /AUTHENTICATION_DENIED|AUTHENTICATED_FAILED/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'user or password are not accepted',
    },
    {
      id: 'forbidden',
      by: 'page',
      all: [status(403), title('Forbidden (403)'), heading('Forbidden (403)')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the user may not do this',
    },
    {
      id: 'rest',
      by: 'code',
      all: [status(403), json('errorMessages.0', /permission/i)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a permission',
    },
    {
      id: 'rest-login',
      by: 'code',
      all: [status(401, 403), json('errorMessages.0', /log ?(?:ged )?in|authenticat/i)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
    },
  ],
  fixes: {
    csrf: 'send the header `X-Atlassian-Token: no-check` with the POST, or the atl_token of the form with its session cookie',
    'authentication-required':
      'log in once in a browser to solve the CAPTCHA, or have an administrator reset failed logins of the user; then send a personal access token as Bearer',
    'not-authorized':
      'Administration > Permission helper (or space permissions) names what is missing: give it to the user, and send the request again',
  },
};
