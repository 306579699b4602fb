import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const reblazeSystem: System = {
  id: 'reblaze',
  name: 'Reblaze (Link11)',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^rbzid=/), header('server', /^Reblaze/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(403, 473),
        markup('Access Denied (403)'),
        markup('For further information, do not hesitate to contact us.'),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Reblaze's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'console > Events Log: the reference names the signature; add an exclusion for the argument at this path in the WAF/IPS policy (profile > args), publish, and send the request again',
  },
};
