import { markup } from '../../sign.js';
import type { System } from '../../system.js';

export const siteguardSystem: System = {
  id: 'siteguard',
  name: 'SiteGuard',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup(/Powered by SiteGuard/), markup(/The server refuse to browse the page/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "SiteGuard's page",
    },
  ],
  fixes: {
    'waf-rule':
      'the detection log (detect.log, or the hosting panel) names the signature: add it with this URL to the exclude signatures (.htaccess: `SiteGuard_User_ExcludeSig NAME`), and send the request again',
  },
};
