import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const netscalerSystem: System = {
  id: 'netscaler',
  name: 'Citrix NetScaler',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^(?:NSC_|citrix_ns_id|ns_af)/), header('cneonction'), header('via', /NS-CACHE/)],
  refusals: [
    {
      id: 'appfw',
      by: 'page',
      all: [markup('AppFW Session Id'), markup(/NS Transaction [Ii][Dd]/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the page of NetScaler's application firewall",
    },
    {
      id: 'violation',
      by: 'page',
      all: [markup(/Violation Category: ?APPFW_/), status(200, 302, 403)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the page of NetScaler's application firewall",
    },
    {
      id: 'redirect',
      by: 'header',
      all: [status(302), header('location', /appfw_|NS_AppFW|violation_category=/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "a redirect of NetScaler's application firewall",
    },
  ],
  fixes: {
    'waf-rule':
      '`show appfw stats` and ns.log with APPFW_ name the check: add a relaxation rule (`bind appfw profile NAME -SQLInjection FIELD URL`) for the one field at this URL; then send the request again',
  },
};
