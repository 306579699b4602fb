import { header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const terosSystem: System = {
  id: 'teros',
  name: 'Citrix Teros',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'cookie',
      by: 'status',
      all: [status(403), header('set-cookie', /^st8(?:id|_wat|_wlf)/)],
      cause: 'waf-rule',
      grade: 'possible',
      says: 'a cookie of Teros beside a refusal',
    },
  ],
  fixes: {
    'waf-rule':
      'Citrix Application Firewall (Teros) > log: the violation names the check; add a relaxation for this URL and field (`bind appfw profile`), and send the request again',
  },
};
