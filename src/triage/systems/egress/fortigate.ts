import { markup, no, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const fortigateSystem: System = {
  id: 'fortigate',
  name: 'FortiGate',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'filter',
      by: 'page',
      all: [title('Web Filter Violation'), markup(/url\.fortinet\.net|fortinet/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the web filter of the client's own network",
      seen: ['fortigate/webfilter'],
    },
    {
      id: 'guard',
      by: 'page',
      all: [
        markup('FortiGuard'),
        markup(/Web Filtering|Web Page Blocked|Intrusion Prevention|Application Control/i),
        no(markup('Attack ID')),
      ],
      cause: 'path-denied',
      grade: 'proved',
      says: "the web filter of the client's own network",
    },
    {
      id: 'powered',
      by: 'page',
      all: [markup(/Powered [Bb]y Fortinet/), status(200, 403)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the web filter of the client's own network",
    },
    {
      id: 'application',
      by: 'page',
      all: [title(/^(?:FortiGate )?Application (?:Control|Blocked)/)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the application control of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'FortiGate > Log & Report > Web Filter (or Application Control) names the profile: have the URL exempted there (`config webfilter urlfilter`), or send from outside of your network; the site has not seen the request',
  },
};
