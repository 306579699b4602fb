import { header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const dosarrestSystem: System = {
  id: 'dosarrest',
  name: 'DOSarrest',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-dis-request-id'), header('server', /^DOSarrest/)],
  refusals: [
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('x-dis-request-id')],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'DOSarrest answered',
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
  ],
};
