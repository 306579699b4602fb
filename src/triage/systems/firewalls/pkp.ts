import { markup } from '../../sign.js';
import type { System } from '../../system.js';

export const pkpSystem: System = {
  id: 'pkp',
  name: 'pkSecurityModule',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        markup(/pkSecurityModule: Security\.Alert/),
        markup(/A safety critical request was discovered and blocked/i),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'the page of pkSecurityModule',
    },
  ],
  fixes: {
    'waf-rule':
      'the pkSecurityModule log names rule and module by time and address: except this URL from it, and send the request again',
  },
};
