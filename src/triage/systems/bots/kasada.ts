import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const kasadaSystem: System = {
  id: 'kasada',
  name: 'Kasada',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 429), markup(/KPSDK|ips\.js\?/), header('x-kpsdk-ct')],
      cause: 'challenge',
      grade: 'proved',
      says: "Kasada's challenge",
    },
    {
      id: 'header',
      by: 'header',
      all: [status(403, 429), header('x-kpsdk-ct')],
      cause: 'challenge',
      grade: 'likely',
      says: "Kasada's challenge",
    },
  ],
  fixes: {
    challenge:
      'Kasada portal > Policies: allow the address or a secret header of the test machine for the staging host; then the same request has to come back without x-kpsdk-ct',
  },
};
