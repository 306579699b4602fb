import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const zenedgeSystem: System = {
  id: 'zenedge',
  name: 'Oracle Cloud WAF',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-zen-fury'), header('server', /^ZENEDGE/i)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup(/__zenedge\/assets/), markup(/./)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the page of Oracle's WAF",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'title',
      by: 'page',
      all: [status(403), title(/^fw_error_www$/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the page of Oracle's WAF",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'Oracle WAF (formerly Zenedge) > Logs: the incident names `protection rule` and key; add an exclusion for that parameter (`oci waf web-app-firewall-policy update`); then send the request again',
  },
};
