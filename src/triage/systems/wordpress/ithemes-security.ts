import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const ithemesSecuritySystem: System = {
  id: 'ithemes-security',
  name: 'Solid Security (iThemes)',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [
        status(403, 418),
        markup(
          /^.{0,400}(?:You have been locked out due to too many invalid login attempts|Your IP address has been flagged as a threat)/,
        ),
        title(/WordPress|Forbidden/),
      ],
      cause: 'ip-denied',
      grade: 'likely',
      says: 'the lockout of Solid Security',
    },
  ],
  fixes: {
    'ip-denied':
      'Security > Dashboard > Active Lockouts names reason and time: add the address of the test machine to Authorized Hosts (Global Settings), and send the request again',
  },
};
