import { header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const keycdnSystem: System = {
  id: 'keycdn',
  name: 'KeyCDN',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^keycdn/)],
  refusals: [
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /^keycdn/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'an answer behind or of KeyCDN: secure token, hotlink or bot rule',
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
  ],
};
