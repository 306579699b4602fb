import { markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const alertLogicSystem: System = {
  id: 'alert-logic',
  name: 'Alert Logic',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [title('Requested URL cannot be found'), markup('Proceed to homepage'), markup('Reference ID')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Alert Logic's page, dressed as a missing page",
    },
  ],
  fixes: {
    'waf-rule':
      'Web Security Manager > Deny log: the log entry names the class; `Add to policy` allows the value for this web application proxy; apply, and send the request again',
  },
};
