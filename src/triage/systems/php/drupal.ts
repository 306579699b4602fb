import { body, header, json, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const drupalSystem: System = {
  id: 'drupal',
  name: 'Drupal',
  layer: 'application',
  source: 'https://www.drupal.org/docs/drupal-apis/restful-web-services-api',
  rides: [header('x-generator', /^Drupal/), header('x-drupal-cache')],
  refusals: [
    {
      id: 'csrf-missing',
      by: 'code',
      all: [status(403), json('message', 'X-CSRF-Token request header is missing')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the header X-CSRF-Token is missing',
    },
    {
      id: 'csrf-invalid',
      by: 'code',
      all: [status(403), json('message', 'X-CSRF-Token request header is invalid')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the header X-CSRF-Token is not valid',
    },
    {
      id: 'permission',
      by: 'code',
      all: [status(403), json('message', /^The '.{1,120}' permission(?:s are| is) required\.$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks the permission that it names',
    },
    {
      id: 'page',
      by: 'page',
      all: [status(403), title(/^Access denied \|/), header('x-generator', /^Drupal/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: "Drupal's page for a user who may not see this",
    },
    {
      id: 'host',
      by: 'code',
      all: [status(400), body(/^The provided host name is not valid for this server\.$/)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the host is not in trusted_host_patterns',
    },
    {
      id: 'not-acceptable',
      by: 'code',
      all: [status(406), json('message', /^Not acceptable format/)],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the route has no such format',
    },
  ],
  fixes: {
    'not-authorized':
      'people > Permissions (`drush role:perm:add ROLE "PERMISSION"`) grants what the answer or the log (`drush watchdog:show`) names; `drush cr`, and send the request again',
    'host-not-allowed':
      "add the host to `$settings['trusted_host_patterns']` in settings.php, and send the request again",
    'content-type-denied':
      'enable the format for the resource (REST UI, or `drush config:edit rest.resource.…`), and send `Content-Type: application/json` with `?_format=json`',
    csrf: 'GET /session/token with the session cookie, and send it as X-CSRF-Token',
  },
};
