import { heading, markup } from '../../sign.js';
import type { System } from '../../system.js';

export const paloAltoSystem: System = {
  id: 'palo-alto',
  name: 'Palo Alto Networks',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'blocked',
      by: 'page',
      all: [heading('Web Page Blocked'), markup('has been blocked in accordance with company policy')],
      cause: 'path-denied',
      grade: 'proved',
      says: "the policy of the client's own network, whatever the status",
      seen: ['paloalto/web-page-blocked'],
    },
    {
      id: 'application',
      by: 'page',
      all: [heading('Application Blocked'), markup('has been blocked in accordance with company policy')],
      cause: 'path-denied',
      grade: 'proved',
      says: "the policy of the client's own network",
    },
    {
      id: 'virus',
      by: 'page',
      all: [
        heading(/^(?:Virus\/Spyware Download Blocked|File Transfer Blocked)/),
        markup(/in accordance with company policy/),
      ],
      cause: 'path-denied',
      grade: 'proved',
      says: "the policy of the client's own network",
    },
    {
      id: 'credential',
      by: 'page',
      all: [heading(/^Suspected Credential Phishing Detected/)],
      cause: 'path-denied',
      grade: 'likely',
      says: "the policy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      'Monitor > Logs > URL Filtering names category and rule: have the host put into an allowed custom URL category, commit, or send from outside of your network; the site has not seen the request',
  },
};
