import { header, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const edgecastSystem: System = {
  id: 'edgecast',
  name: 'Edgio (Edgecast)',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^EC(?:D|S|Acc)/)],
  refusals: [
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /^EC(?:D|S|Acc)/), title(/403 - Forbidden/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'likely',
      says: 'Edgio made this answer itself',
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
  ],
};
