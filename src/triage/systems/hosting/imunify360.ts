import { body, header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const imunify360System: System = {
  id: 'imunify360',
  name: 'Imunify360',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^imunify360-webshield/i)],
  refusals: [
    {
      id: 'captcha',
      by: 'page',
      all: [
        status(200, 403, 415, 503),
        markup(/imunify360-preloader|imunify360-captcha|protected by Imunify360|wsidchk|One moment, please/i),
        header('server', /^imunify360/i),
      ],
      cause: 'challenge',
      grade: 'proved',
      says: 'the challenge of Imunify360',
    },
    {
      id: 'webshield',
      by: 'stock',
      all: [status(403, 415), header('server', /^imunify360/i)],
      cause: 'ip-denied',
      grade: 'likely',
      says: "Imunify360's web shield answered itself: the address is on a list",
      or: ['waf/challenge', 'waf/waf-rule'],
    },
    {
      id: 'text',
      by: 'code',
      all: [status(403), json('message', /Access denied by Imunify360/i)],
      cause: 'challenge',
      grade: 'likely',
      says: 'Imunify360 takes the client for a bot',
      or: ['waf/ip-denied', 'waf/waf-rule'],
    },
    {
      id: 'bot',
      by: 'code',
      all: [status(415), body(/Access denied by Imunify360 bot-protection/i)],
      cause: 'challenge',
      grade: 'proved',
      says: 'Imunify360 takes the client for a bot',
    },
  ],
  fixes: {
    'ip-denied':
      '`imunify360-agent ip-list local list --purpose drop` shows why; add the address of the test machine with `imunify360-agent ip-list local add --purpose white ADDRESS`, and send the request again',
    'waf-rule':
      '`imunify360-agent get --limit 50` names rule id and domain: `imunify360-agent rules disable --id ID --plugin modsec --domains DOMAIN` for that one rule, and send the request again',
    challenge: 'allow-list the address of the test machine in Imunify360 (Lists > White List)',
  },
};
