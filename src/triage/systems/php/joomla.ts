import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const joomlaSystem: System = {
  id: 'joomla',
  name: 'Joomla',
  layer: 'application',
  source: 'documentation and source of Joomla',
  rides: [],
  refusals: [
    {
      id: 'token',
      by: 'page',
      all: [
        status(403),
        title(/403/),
        markup(/The most recent request was denied because it had an invalid security token/),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is not valid',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send its hidden field of 32 hexadecimal digits (JSession::getFormToken) with the session cookie, or X-CSRF-Token',
  },
};
