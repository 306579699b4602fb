import { logged } from '../../sign.js';
import type { System } from '../../system.js';

export const fail2banSystem: System = {
  id: 'fail2ban',
  name: 'fail2ban',
  layer: 'os',
  source: 'https://github.com/fail2ban/fail2ban',
  rides: [],
  refusals: [
    {
      id: 'ban',
      by: 'log',
      all: [logged('fail2ban', /^(?:Ban|Restore Ban|\S+ already banned)/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'fail2ban banned the client',
    },
  ],
  fixes: {
    'ip-denied':
      '`fail2ban-client status JAIL` shows what was counted: put the range of the test machine into ignoreip of that jail, since an address that is only unbanned comes back with the next run',
  },
};
