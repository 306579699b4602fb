import { heading, markup } from '../../sign.js';
import type { System } from '../../system.js';

export const csfSystem: System = {
  id: 'csf',
  name: 'ConfigServer Firewall',
  layer: 'server',
  source: 'https://github.com/Ekultek/WhatWaf/issues/79',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        heading(/^Your connection to this server has been blocked in this server's firewall\.?$/),
        markup('csf_small.png'),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the redirect page of ConfigServer Firewall',
      seen: ['csf/blocked-page'],
    },
    {
      id: 'page-text',
      by: 'page',
      all: [
        markup(/The firewall on this server is blocking your connection/),
        markup(/ConfigServer|csf|your IP address/i),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the page of ConfigServer Firewall',
    },
  ],
  fixes: {
    'ip-denied':
      '`csf -g ADDRESS` shows why; add the range of the test machine to csf.allow and csf.ignore, then `csf -r`',
  },
};
