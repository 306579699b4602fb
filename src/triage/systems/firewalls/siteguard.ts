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
};
