import { header, heading, json, markup, no, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const f5AsmSystem: System = {
  id: 'f5-asm',
  name: 'F5 BIG-IP ASM and NGINX App Protect',
  layer: 'waf',
  source: 'https://github.com/Ekultek/WhatWaf/issues/1371; wafw00f, plugins of that name',
  rides: [header('set-cookie', /^(?:BIGipServer|TS[0-9a-f]{6,})/), header('server', /^BigIP|^BIG-IP/i)],
  refusals: [
    {
      id: 'rejected',
      by: 'page',
      all: [
        title('Request Rejected'),
        markup('The requested URL was rejected. Please consult with your administrator.'),
        markup(/support ID is: ?(?:<[^>]{1,20}>)?\d{5,25}/i),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "F5's page, which it sends with status 200 unless told otherwise",
      seen: ['f5-asm/stock-200'],
    },
    {
      id: 'rejected-json',
      by: 'code',
      all: [json('supportID'), json('message', /rejected|blocked/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "F5's answer to an API call",
    },
    {
      id: 'rejected-other',
      by: 'page',
      all: [title('Request Rejected'), markup(/support ID is: ?(?:<[^>]{1,20}>)?\d{5,25}/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "F5's page, in words of its owner",
    },
    {
      id: 'support-id',
      by: 'hosting',
      all: [
        status(200, 403),
        heading(/support ID[^:]{0,40}: ?\d{17,22}\b/i),
        header('cache-control', 'no-cache'),
        header('pragma', 'no-cache'),
      ],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: "a support ID of some 20 digits beside the headers of F5's page, in words of its owner",
      or: ['waf/waf-rule', 'edge/waf-rule', 'application/not-refused'],
      next: 'the support ID, looked up by the owner of the WAF',
      seen: ['f5-asm/localised-200'],
    },
    {
      id: 'support-id-text',
      by: 'hosting',
      all: [
        status(200, 403),
        markup(/support ID[^:]{0,40}: ?(?:<[^>]{1,20}>)?\d{17,22}\b/i),
        header('cache-control', 'no-cache'),
        no(markup('red-shield.net')),
      ],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: "a support ID of some 20 digits, as F5's page has one",
      or: ['waf/waf-rule', 'edge/waf-rule', 'application/not-refused'],
      next: 'the support ID, looked up by the owner of the WAF',
    },
    {
      id: 'dcookie',
      by: 'page',
      all: [markup('/TSPD/'), markup(/bobcmn|TSPD_101/)],
      cause: 'challenge',
      grade: 'proved',
      says: 'the proactive bot defence of F5: the client is to run a script',
    },
    {
      id: 'rejected-go-back',
      by: 'page',
      all: [title('Request Rejected'), markup('<a href="javascript:history.back();">[Go Back]</a>')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "the title and the way back of F5's page, in words of its owner",
      source: 'https://github.com/Ekultek/WhatWaf/issues/289',
    },
  ],
  fixes: {
    challenge:
      'Security > Bot Defense > profile > Whitelist: add the address of the test machine or the URL; then the same request has to come through without the /TSPD/ script',
    'waf-rule':
      'look the support ID up in Security > Event Logs > Application: it names the violation and signature; allow that one signature or parameter for the URL, and send the request again',
  },
  references: [{ page: /[Ss]upport ID is: ?(?:<[^>]{1,20}>)?(\d{5,25})/, as: 'support ID' }],
};
