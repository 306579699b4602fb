import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const anubisSystem: System = {
  id: 'anubis',
  name: 'Anubis',
  layer: 'server',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(200, 401, 403),
        title(/Making sure you're not a bot!|Oh noes!/),
        markup('/.within.website/x/cmd/anubis/'),
      ],
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
  ],
  fixes: {
    challenge:
      'botPolicies.yaml: add a rule with action: ALLOW and remote_addresses (or a secret header in headers_regex) of the test machine, restart Anubis, and send the request again',
  },
};
