import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const cakephpSystem: System = {
  id: 'cakephp',
  name: 'CakePHP',
  layer: 'application',
  source: 'documentation and source of CakePHP',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [
        status(403),
        markup(
          /(?:Missing or incorrect|Missing) CSRF (?:cookie type|token cookie)|CSRF token (?:mismatch|from either)/,
        ),
        title(/CakePHP|Error|Forbidden/),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send _csrfToken with the csrfToken cookie (or X-CSRF-Token); `skipCheckCallback` of CsrfProtectionMiddleware excepts an API path',
  },
};
