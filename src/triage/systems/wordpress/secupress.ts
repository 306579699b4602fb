import { heading, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const secupressSystem: System = {
  id: 'secupress',
  name: 'SecuPress',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403, 503), heading('SecuPress'), markup(/Block ID/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "SecuPress's page",
    },
  ],
  fixes: {
    'waf-rule':
      'SecuPress > Logs > Blocked names module and block id: except it in the Firewall module (or the `secupress.plugin.block.…` filter), and send the request again',
  },
};
