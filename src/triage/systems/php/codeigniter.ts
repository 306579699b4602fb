import { json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const codeigniterSystem: System = {
  id: 'codeigniter',
  name: 'CodeIgniter',
  layer: 'application',
  source: 'documentation and source of CodeIgniter',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [status(403), markup('The action you requested is not allowed.'), markup(/Forbidden|Error|403/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
    {
      id: 'uri',
      by: 'page',
      all: [status(400), markup('The URI you submitted has disallowed characters.'), markup(/Error|400/)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the path has characters that are not allowed',
    },
    {
      id: 'csrf-4',
      by: 'page',
      all: [status(403), markup('The action you have requested is not allowed.')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
    {
      id: 'csrf-4-json',
      by: 'code',
      all: [status(403), json('messages.error', 'The action you requested is not allowed.')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send its csrf_test_name field and csrf_cookie_name cookie; `$except` in app/Config/Filters.php excepts an API path',
    'malformed-request':
      '`$permittedURIChars` in app/Config/App.php refuses a character of the path: encode it, or add it there, and request it again',
  },
};
