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
  fixes: {
    'ip-denied':
      'CleanTalk dashboard > Anti-Spam Log or Security FireWall log names the record: add the address of the test machine to Personal lists as allowed, and send the request again',
  },
};
