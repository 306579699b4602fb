import { logged, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const apparmorSystem: System = {
  id: 'apparmor',
  name: 'AppArmor',
  layer: 'os',
  source: 'https://gitlab.com/apparmor/apparmor/-/wikis/Documentation',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'log',
      all: [logged('apparmor', 'DENIED', 'result'), no(status(200, 201, 204, 301, 302, 304))],
      cause: 'mandatory-access-control',
      grade: 'proved',
      says: "AppArmor denied the server's process what it wanted",
      or: ['os/file-permission'],
    },
  ],
  fixes: {
    'mandatory-access-control':
      'add a rule for the path to /etc/apparmor.d/local/PROFILE, `apparmor_parser -r` the profile, request it again, and look that no new line appears (`aa-logprof` proposes rules)',
  },
};
