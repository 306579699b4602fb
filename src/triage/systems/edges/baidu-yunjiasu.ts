import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const baiduYunjiasuSystem: System = {
  id: 'baidu-yunjiasu',
  name: 'Baidu Yunjiasu',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^yunjiasu/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), header('server', /^yunjiasu/i), markup(/yunjiasu|jiasule/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Baidu's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > Security > Attack log names the rule by time and address: add the URL to the white list for it, and send the request again',
  },
};
