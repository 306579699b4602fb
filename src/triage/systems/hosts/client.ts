import type { System } from '../../system.js';
import { clientPages } from './client-pages.js';

export const clientSystem: System = {
  id: 'client',
  name: 'The client itself',
  layer: 'client',
  source: 'curl manual, EXIT CODES; Node.js, Errors',
  rides: [],
  refusals: [...clientPages],
  fixes: {
    unreachable:
      'check name, address and port of the target, and whether a firewall or VPN stands between; the request has reached nobody',
  },
};
