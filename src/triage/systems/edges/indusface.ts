import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const indusfaceSystem: System = {
  id: 'indusface',
  name: 'Indusface AppTrana',
  layer: 'edge',
  source: 'https://github.com/Ekultek/WhatWaf/issues/932',
  rides: [header('server', /^IF_WAF/i)],
  refusals: [
    {
      id: 'block',
      by: 'page',
      all: [
        status(403, 406),
        header('server', /^IF_WAF/i),
        markup('Your request was blocked due to suspicious behavior'),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Indusface's page: a rule of its WAF matched",
      or: ['waf/waf-rule'],
    },
    {
      id: 'block-text',
      by: 'page',
      all: [
        status(403, 406),
        markup('This website is secured against online attacks. Your request was blocked'),
        markup(/Incident ID ?: ?\S{10,60}/),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Indusface's page: a rule of its WAF matched",
      or: ['waf/waf-rule'],
    },
  ],
  fixes: {
    'waf-rule':
      'look the Incident ID up in AppTrana > Attack Trend: it names the policy; add a custom rule that whitelists the one parameter at this URI for it, and send the request again',
  },
  references: [{ page: /Incident ID ?: ?(\S{10,60})/, as: 'incident' }],
};
