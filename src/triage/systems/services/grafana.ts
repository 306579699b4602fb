import { body, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const grafanaSystem: System = {
  id: 'grafana',
  name: 'Grafana',
  layer: 'application',
  source: 'https://grafana.com/docs/grafana/latest/developers/http_api/',
  rides: [],
  refusals: [
    {
      id: 'permission',
      by: 'code',
      all: [status(403), json('message', /^(?:You'll need additional permissions|Permission denied$|Access denied$)/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a permission',
    },
    {
      id: 'origin',
      by: 'code',
      all: [status(403), body(/^origin not allowed\s*$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the Origin is not that of root_url: a proxy has to pass Host on',
    },
    {
      id: 'auth',
      by: 'code',
      all: [
        status(401),
        json('message', /^(?:Unauthorized|Invalid API key|Invalid username or password|Expired API key)$/),
        json('messageId'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the credentials are not valid',
    },
  ],
  fixes: {
    'not-authorized':
      '`accessErrorId` and the message name the permission: give the service account a role with it (Administration > Service accounts), and send the request again',
    csrf: '`origin not allowed`: set root_url in [server], have the proxy pass Host on, or add the host to csrf_trusted_origins under [security]; then send it again',
    'authentication-required': 'send `Authorization: Bearer TOKEN` of a service account that `GET /api/user` accepts',
  },
};
