import { logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const crowdsecSystem: System = {
  id: 'crowdsec',
  name: 'CrowdSec',
  layer: 'server',
  source: 'https://github.com/crowdsecurity/cs-nginx-bouncer/issues/62',
  rides: [],
  refusals: [
    {
      id: 'log-captcha',
      by: 'log',
      all: [logged('nginx-error', /\[Crowdsec\] denied '[^']{1,60}' with 'captcha'/)],
      cause: 'challenge',
      grade: 'proved',
      says: 'the bouncer in nginx answered with a captcha',
      or: ['server/ip-denied'],
      seen: ['crowdsec/nginx-captcha-200'],
    },
    {
      id: 'log-ban',
      by: 'log',
      all: [logged('nginx-error', /\[Crowdsec\] denied '[^']{1,60}' with '(?:ban|[^c][^']{0,20})'/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the bouncer in nginx refused the address',
    },
    {
      id: 'page',
      by: 'page',
      all: [title(/CrowdSec (?:Ban|Captcha|Access Forbidden)/i), status(200, 401, 403)],
      cause: 'ip-denied',
      grade: 'proved',
      says: "CrowdSec's page for a banned address",
      or: ['server/challenge'],
    },
    {
      id: 'page-text',
      by: 'page',
      all: [markup(/This security check has been powered by/), markup(/CrowdSec/), status(200, 401, 403)],
      cause: 'ip-denied',
      grade: 'likely',
      says: "CrowdSec's page for a banned address",
      or: ['server/challenge'],
    },
    {
      id: 'captcha',
      by: 'page',
      all: [title(/CrowdSec Captcha/i)],
      cause: 'challenge',
      grade: 'proved',
      says: "CrowdSec's captcha",
    },
    {
      id: 'decision',
      by: 'log',
      all: [logged('crowdsec', /ban on Ip/)],
      cause: 'ip-denied',
      layer: 'os',
      grade: 'likely',
      says: 'CrowdSec banned the address',
    },
  ],
  fixes: {
    'ip-denied':
      '`cscli decisions list --ip ADDRESS` shows why, and `cscli alerts inspect` what was counted; put the range of the test machine on an allow-list (`cscli allowlists`), since removing one decision comes back with the next run',
    challenge: 'put the range of the test machine on an allow-list (`cscli allowlists`)',
  },
};
