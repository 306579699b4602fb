import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const knownsecSystem: System = {
  id: 'knownsec',
  name: 'Knownsec (Jiasule)',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^__jsluid/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/notice-jiasule|static\.jiasule\.com|ks-waf-error\.png/), markup(/./)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Knownsec's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > Protection log: the event id on the page names the rule; add the URL to the white list for it (URL 白名单), and send the request again',
  },
};
