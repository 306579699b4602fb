import { header, heading, json, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const jenkinsSystem: System = {
  id: 'jenkins',
  name: 'Jenkins',
  layer: 'application',
  source: 'https://github.com/jenkinsci/bitbucket-push-and-pull-request-plugin/issues/250',
  rides: [header('x-jenkins')],
  refusals: [
    {
      id: 'crumb',
      by: 'page',
      all: [status(403), title(/^Error 403 No valid crumb was included in the request$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the crumb is missing or not valid',
      seen: ['jenkins/crumb-jetty94'],
    },
    {
      id: 'crumb-heading',
      by: 'page',
      all: [status(403), heading(/No valid crumb was included in the request/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the crumb is missing or not valid',
    },
    {
      id: 'permission',
      by: 'header',
      all: [status(403), header('x-required-permission')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks the permission that the header names',
    },
    {
      id: 'you-are',
      by: 'header',
      all: [status(403), header('x-you-are-authenticated-as', 'anonymous')],
      instead: ['permission'],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
      or: ['application/not-authorized'],
    },
    {
      id: 'message',
      by: 'code',
      all: [status(403), json('message', /No valid crumb/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the crumb is missing or not valid',
    },
  ],
  fixes: {
    'not-authorized':
      'Manage Jenkins > Security > Authorization names the missing permission as the page does (Job/Build, …): grant it to the user, and send the request again',
    'authentication-required':
      'send user and API token as Basic credentials (user > Security > API Token): `curl -u USER:TOKEN`; with a token no crumb is needed',
    csrf: 'GET /crumbIssuer/api/json with the session cookie and send the crumb as Jenkins-Crumb, or use an API token, which needs none',
  },
};
