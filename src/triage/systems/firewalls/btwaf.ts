import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const btwafSystem: System = {
  id: 'btwaf',
  name: 'BT Panel firewall (aaPanel, btwaf)',
  layer: 'waf',
  source: 'wafw00f, plugin baota',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(200, 403, 404, 405), title('网站防火墙'), markup(/您的请求带有不合法参数，已被网站管理员设置拦截/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'its page: a rule of the firewall of the panel refused what was sent',
    },
  ],
  fixes: {
    'waf-rule':
      'the panel > 网站防火墙 > 日志 (Site WAF > Logs) names the rule by time and URL: add this URL to its white list (URL 白名单) for that rule, and send the request again',
  },
};
