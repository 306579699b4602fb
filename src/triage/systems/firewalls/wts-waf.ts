import { header, heading, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const wtsWafSystem: System = {
  id: 'wts-waf',
  name: 'WTS-WAF',
  layer: 'waf',
  source: 'https://github.com/Ekultek/WhatWaf/issues/508',
  rides: [header('server', /^wts\//i)],
  refusals: [
    {
      id: 'block',
      by: 'page',
      all: [status(403), title(/^WTS-WAF/), heading(/^WTS-WAF/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'the page of WTS-WAF: a rule took the request for an attack',
    },
  ],
  fixes: {
    'waf-rule':
      'find the request by time, address and URL in the log of WTS-WAF (a module of nginx): it names the rule; add this URL and parameter to its white list, reload, and send the request again',
  },
};
