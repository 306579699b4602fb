import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const flySystem: System = {
  id: 'fly',
  name: 'Fly.io',
  layer: 'gateway',
  source: 'documentation of the platform',
  rides: [header('fly-request-id')],
  refusals: [
    {
      id: 'routing',
      by: 'status',
      all: [status(502, 503), header('fly-request-id'), body('')],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Fly.io has no running machine for this',
    },
    {
      id: 'unknown-host',
      by: 'status',
      all: [status(404), header('fly-request-id'), header('server', /^Fly\//), body('')],
      cause: 'not-found',
      layer: 'edge',
      grade: 'likely',
      says: 'Fly.io has no application for this host',
      or: ['gateway/host-not-allowed'],
    },
  ],
  fixes: {
    'not-found':
      '`fly certs list` and `fly ips list` show the hosts of the application: add the certificate for this name, and request it again',
    'upstream-down':
      '`fly logs` and `fly status` show the machines and their checks: mend internal_port in fly.toml, `fly deploy`, and send the request again',
  },
};
