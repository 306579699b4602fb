import { header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const moodleSystem: System = {
  id: 'moodle',
  name: 'Moodle',
  layer: 'application',
  source: 'https://docs.moodle.org/',
  rides: [header('set-cookie', /^MoodleSession/)],
  refusals: [
    {
      id: 'sesskey',
      by: 'page',
      all: [status(200, 303, 404), markup('/error/moodle/invalidsesskey')],
      cause: 'csrf',
      grade: 'proved',
      says: 'sesskey is missing or of another session',
    },
    {
      id: 'sesskey-json',
      by: 'code',
      all: [json('errorcode', /^(?:invalidsesskey|missingparam)$/), json('error')],
      cause: 'csrf',
      grade: 'likely',
      says: 'sesskey is missing or of another session',
    },
    {
      id: 'token',
      by: 'code',
      all: [json('errorcode', /^(?:invalidtoken|accessexception)$/), json('exception')],
      cause: 'api-key',
      grade: 'proved',
      says: 'the token of the web service is not valid, or may not call this function',
    },
    {
      id: 'permissions',
      by: 'page',
      all: [status(200, 403, 404), markup('/error/moodle/nopermissions')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a capability',
    },
    {
      id: 'login',
      by: 'code',
      all: [json('errorcode', 'requireloginerror'), json('error')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'nobody is logged in',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET a page, and send the sesskey of M.cfg with the cookie MoodleSession',
    'api-key':
      'Site administration > Server > Web services > Manage tokens: make one for a service that has the function, and send it as wstoken',
    'not-authorized':
      'Site administration > Users > Check permissions names the capability: give it to the role of the user',
    'authentication-required': 'log in by /login/index.php with its logintoken, and keep MoodleSession',
  },
};
