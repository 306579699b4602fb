import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const qratorSystem: System = {
  id: 'qrator',
  name: 'Qrator',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^QRATOR/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(401, 403), header('server', /^QRATOR/), markup(/qauth|qrator/i)],
      cause: 'challenge',
      grade: 'likely',
      says: "Qrator's challenge",
    },
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /^QRATOR/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'an answer behind or of Qrator',
      or: ['edge/waf-rule', 'edge/ip-denied', 'application/not-authorized'],
    },
  ],
  fixes: {
    challenge:
      'Qrator dashboard > Whitelist: add the address of the test machine for this resource; then the same request has to come through',
  },
};
