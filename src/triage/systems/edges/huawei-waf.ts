import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const huaweiWafSystem: System = {
  id: 'huawei-waf',
  name: 'Huawei Cloud WAF',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^(?:HuaweiCloudWAF|CloudWAF)/i), header('set-cookie', /^HWWAFSES/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403, 418), markup(/hwclouds\.com|HuaWei(?:Cloud)?WAF/i), markup(/event|intercept|block/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Huawei's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: '418',
      by: 'stock',
      all: [status(418), header('server', /^(?:HuaweiCloudWAF|CloudWAF)$/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "418 is the status of Huawei's WAF",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > WAF > Events: the event id names rule and field; `Handle as False Alarm` makes a rule for this path and rule; then send the request again',
  },
};
