import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const janusecSystem: System = {
  id: 'janusec',
  name: 'Janusec',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/Janusec Application Gateway/i), markup(/Reason|blocked|denied/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Janusec's page",
    },
  ],
  fixes: {
    'waf-rule':
      'admin > WAF Logs name the policy id: set its action for this application to `Pass_Log`, or narrow its check points; then send the request again',
  },
};
