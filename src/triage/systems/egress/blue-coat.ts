import { header, markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const blueCoatSystem: System = {
  id: 'blue-coat',
  name: 'Symantec (Blue Coat) proxy',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('x-bluecoat-via')],
  refusals: [
    {
      id: 'denied',
      by: 'page',
      all: [markup(/content[_ ]filter[_ ]denied|policy_denied/), markup(/Blue ?Coat|Symantec|Broadcom|categoriz/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the proxy of the client's own network",
    },
    {
      id: 'page',
      by: 'page',
      all: [title('Access Denied'), markup(/Your request was denied because of its content categorization/)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the proxy of the client's own network",
    },
  ],
  fixes: {
    'path-denied':
      '`Policy > Visual Policy Manager` and a policy trace name the rule: have a rule that allows the host put above it, or send from outside of your network; the site has not seen the request',
  },
};
