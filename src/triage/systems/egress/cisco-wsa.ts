import { header, markup } from '../../sign.js';
import type { System } from '../../system.js';

export const ciscoWsaSystem: System = {
  id: 'cisco-wsa',
  name: 'Cisco Secure Web Appliance',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('via', /Cisco-WSA/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        markup(/Based on your organization's access policies/),
        markup(/Notification: ?(?:WEBCAT|MALWARE|WBRS|POLICY)|has been blocked/i),
      ],
      cause: 'path-denied',
      grade: 'proved',
      says: "the proxy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'the notification code and `accesslogs` (BLOCK_WEBCAT, BLOCK_ADMIN) of the appliance name policy and category: have the host put into an allowed custom URL category, or send from outside of your network',
  },
};
