import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const barracudaSystem: System = {
  id: 'barracuda',
  name: 'Barracuda WAF',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; https://github.com/Ekultek/WhatWaf/issues/858',
  rides: [header('set-cookie', /^(?:barra_counter_session|BNI__BARRACUDA_LB_COOKIE|BNI_persistence)/i)],
  refusals: [
    {
      id: 'not-found',
      by: 'hosting',
      all: [status(404, 403, 200), markup('The specified URL cannot be found.'), markup('solid #4991C5')],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: "a page that is taken for Barracuda's, which dresses blocks as 404",
      or: ['waf/waf-rule', 'server/not-found', 'edge/waf-rule'],
      next: 'a path that is known to exist: if it gives this page too, it is the WAF',
      seen: ['barracuda/404-padded'],
    },
    {
      id: 'named',
      by: 'page',
      all: [status(403, 200, 404), markup(/Barracuda (?:Networks|Web)/), markup(/blocked|denied|rejected/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'a page with the name of Barracuda',
    },
  ],
  fixes: {
    'waf-rule':
      'BASIC > Web Firewall Logs: find it by time and client, `Fix` (Policy Wizard) makes the exception for this URL profile and parameter; then send the request again',
  },
};
