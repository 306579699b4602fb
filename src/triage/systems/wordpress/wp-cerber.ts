import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const wpCerberSystem: System = {
  id: 'wp-cerber',
  name: 'WP Cerber',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [
        status(403),
        markup(/Your request looks suspicious or similar to automated requests from spam posting software/),
        title(/Access|denied|403/i),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "WP Cerber's page",
    },
    {
      id: 'page-2',
      by: 'page',
      all: [status(403), markup(/We're sorry, you are not allowed to proceed/), markup(/RID:|request looks/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "WP Cerber's page",
    },
  ],
  fixes: {
    'waf-rule':
      'WP Cerber > Activity and Traffic Inspector > Logging name what it took for suspicious: add the path to the Request White List, and send the request again',
  },
};
