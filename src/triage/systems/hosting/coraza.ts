import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const corazaSystem: System = {
  id: 'coraza',
  name: 'Coraza',
  layer: 'waf',
  source: 'coraza 877524f9, source',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/blocked by Coraza/i), status(403, 406)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'a page that names Coraza',
    },
  ],
  fixes: {
    'waf-rule':
      'the log has the rule id and the variable: `SecRuleUpdateTargetById ID "!NAME"` with that variable, or ctl:ruleRemoveTargetById for the path, in the directives; reload, and send the request again',
  },
};
