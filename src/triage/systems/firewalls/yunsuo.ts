import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const yunsuoSystem: System = {
  id: 'yunsuo',
  name: 'Yunsuo',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^yunsuo_session/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/class=.yunsuologo/), status(200, 403)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Yunsuo's page",
    },
  ],
  fixes: {
    'waf-rule':
      'Yunsuo client > 防护日志 names the rule by time and URL: add the URL to its white list, and send the request again',
  },
};
