import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const anubisSystem: System = {
  id: 'anubis',
  name: 'Anubis',
  layer: 'server',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^(?:techaro\.lol-)?anubis-/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(200, 401, 403), title(/Making sure you're not a bot!|Oh noes!/), markup('/.within.website/x/')],
      cause: 'challenge',
      grade: 'proved',
      says: 'the proof of work of Anubis',
    },
    {
      id: 'asset',
      by: 'page',
      all: [markup('/.within.website/x/cmd/anubis/'), markup(/anubis_challenge|preact_info/)],
      cause: 'challenge',
      grade: 'proved',
      says: 'the proof of work of Anubis',
    },
    {
      id: 'cookie-page',
      by: 'page',
      all: [title(/Making sure you(?:'|&#39;)re not a bot!/), header('set-cookie', /anubis/)],
      cause: 'challenge',
      grade: 'proved',
      says: 'the proof of work of Anubis',
    },
    {
      id: 'denied',
      by: 'page',
      all: [status(200, 403, 500), title(/^Oh noes!$/), markup('/.within.website/')],
      cause: 'user-agent-denied',
      grade: 'likely',
      says: 'a rule of botPolicies denies this client',
      or: ['server/ip-denied'],
    },
  ],
  fixes: {
    'user-agent-denied':
      'botPolicies.yaml: a rule with action: DENY matched; put one with action: ALLOW for the test machine before it, restart Anubis, and send the request again',
    challenge:
      'botPolicies.yaml: add a rule with action: ALLOW and remote_addresses (or a secret header in headers_regex) of the test machine, restart Anubis, and send the request again',
  },
};
