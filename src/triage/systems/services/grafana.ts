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
      all: [status(403), json('message', /^(?:You'll need additional permissions|Permission denied|Access denied)/)],
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
};
