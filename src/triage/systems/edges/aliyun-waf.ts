import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const aliyunWafSystem: System = {
  id: 'aliyun-waf',
  name: 'Alibaba Cloud WAF',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^acw_tc=/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(405),
        markup("Sorry, your request has been blocked as it may cause potential threats to the server's security."),
        markup(/errors\.aliyun\.com|aliyun/),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Alibaba's page; its 405 is no matter of methods",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'page-any',
      by: 'page',
      all: [status(403, 405), markup(/errors\.aliyun\.com/), title(/^405$|blocked/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Alibaba's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'trace',
      by: 'page',
      all: [status(405), markup(/traceid[":= ]{1,5}[0-9a-f]{16,40}/i), markup(/errors?\.aliyun/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Alibaba's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > Security Reports: the Traceid on the page (header or cookie acw_tc) names rule_id; `Ignore False Positive` makes a whitelist rule for this path and rule; then send the request again',
  },
};
