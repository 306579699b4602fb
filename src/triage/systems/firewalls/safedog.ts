import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const safedogSystem: System = {
  id: 'safedog',
  name: 'Safedog',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^safedog/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/404\.safedog\.cn|safedogsite\/broswer_logo/), status(200, 403, 404, 405)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Safedog's page",
    },
  ],
  fixes: {
    'waf-rule':
      'Safedog > 网站防护 > 防护日志 names the rule by time and URL: add the URL to the white list (URL 白名单) for it, and send the request again',
  },
};
