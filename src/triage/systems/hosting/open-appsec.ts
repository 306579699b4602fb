import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const openAppsecSystem: System = {
  id: 'open-appsec',
  name: 'open-appsec',
  layer: 'waf',
  source: 'openappsec d205081, source',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup('Attack blocked by web application protection'), status(200, 403)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "open-appsec's page",
    },
    {
      id: 'incident',
      by: 'page',
      all: [
        status(403),
        markup(/Incident Id: [0-9a-f-]{30,40}/),
        markup(/application protection|Check Point|blocked/i),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "a page with open-appsec's incident id",
    },
  ],
  fixes: {
    'waf-rule':
      'portal (or `open-appsec-ctl --view-logs`) > Monitor: the Incident Id names indicator and parameter: add an exception for that parameter at this URI (`exceptions:` in local_policy.yaml, `open-appsec-ctl --apply-policy`), and send the request again',
  },
  references: [{ page: /Incident Id: ([\w-]{8,60})/, as: 'incident' }],
};
