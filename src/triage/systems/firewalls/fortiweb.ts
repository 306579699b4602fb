import { header, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const fortiwebSystem: System = {
  id: 'fortiweb',
  name: 'FortiWeb',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^(?:FORTIWAFSID|cookiesession1)=/)],
  refusals: [
    {
      id: 'blocked',
      by: 'page',
      all: [status(200, 403, 500), markup('Web Page Blocked!'), markup(/Attack ID/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "FortiWeb's page",
    },
    {
      id: 'blocked-title',
      by: 'page',
      all: [status(200, 403, 500), markup('Web Page Blocked'), markup('fgd_icon'), markup(/Message ID|Attack ID/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "FortiWeb's page",
    },
    {
      id: 'violation',
      by: 'page',
      all: [
        status(200, 403, 500),
        markup('The page cannot be displayed. Please contact'),
        markup(/(?:Attack|Message) ID/),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "FortiWeb's page",
    },
  ],
  fixes: {
    'waf-rule':
      'look the message ID up in Log&Report > Attack: it names the signature; add an exception for it at this URL and parameter',
  },
  references: [{ page: /Attack ID:? ?(?:<[^>]{1,40}>)? ?(\d{6,12})/, as: 'attack ID' }],
};
