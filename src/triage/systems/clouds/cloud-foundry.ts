import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const cloudFoundrySystem: System = {
  id: 'cloud-foundry',
  name: 'Cloud Foundry',
  layer: 'gateway',
  source: 'https://docs.cloudfoundry.org/adminguide/troubleshooting-router-error-responses.html',
  rides: [header('x-vcap-request-id'), header('x-cf-routererror')],
  refusals: [
    {
      id: 'unknown-route',
      by: 'header',
      all: [status(404), header('x-cf-routererror', 'unknown_route')],
      cause: 'not-found',
      grade: 'proved',
      says: 'the router has no such route',
    },
    {
      id: 'no-endpoints',
      by: 'header',
      all: [
        status(502, 503),
        header('x-cf-routererror', /^(?:no_endpoints|endpoint_failure|Connection Limit Reached)/),
      ],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'no instance of the application answers',
    },
    {
      id: 'service',
      by: 'header',
      all: [status(502, 503), header('x-cf-routererror', /^(?:route_service|bad_gateway)/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'the route service in front of the application does not answer',
    },
    {
      id: 'method',
      by: 'header',
      all: [
        status(400, 405),
        header(
          'x-cf-routererror',
          /^(?:unsupported_protocol|empty_host|invalid_cf_app_instance_header|Method Not Allowed)/i,
        ),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the router does not understand the request',
    },
    {
      id: 'text-404',
      by: 'code',
      all: [status(404), body(/^404 Not Found: Requested route \(.{1,300}\) does not exist\.$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'the router has no such route',
    },
    {
      id: 'text-502',
      by: 'code',
      all: [status(502), body(/^502 Bad Gateway: Registered endpoint failed to handle the request\.$/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'no instance of the application answers',
    },
  ],
  fixes: {
    'not-found': '`cf routes` lists host and path: `cf map-route APP DOMAIN --hostname NAME`, and request it again',
    'upstream-down':
      '`cf app APP` and `cf logs APP --recent` show crashes and the health check: mend them, and send the request again',
    'malformed-request':
      'send HTTP/1.1 with one Host; headers of Cloud Foundry (X-CF-App-Instance) have to name an instance that there is',
  },
};
