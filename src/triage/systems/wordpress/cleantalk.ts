import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const cleantalkSystem: System = {
  id: 'cleantalk',
  name: 'CleanTalk',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403), markup(/CleanTalk/), markup(/SpamFireWall|blocked|Forbidden/i)],
      cause: 'ip-denied',
      grade: 'likely',
      says: "CleanTalk's firewall refuses the address",
    },
  ],
};
