import { json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const safelineSystem: System = {
  id: 'safeline',
  name: 'SafeLine (Chaitin)',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'event',
      by: 'page',
      all: [status(403, 405, 468), markup(/<!-- event_id: ?[0-9a-f]{16,40}/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'SafeLine writes the id of the event into its page',
    },
    {
      id: 'json',
      by: 'code',
      all: [status(403), json('event_id'), json('message', /blocked by Chaitin SafeLine|blocked/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "SafeLine's answer to an API call",
    },
    {
      id: 'challenge',
      by: 'header',
      all: [status(468)],
      cause: 'challenge',
      grade: 'likely',
      says: "468 is SafeLine's status for a challenge",
    },
  ],
  fixes: {
    'waf-rule':
      'console > Attack events: the event_id on the page names the rule: add an allow rule for this path and parameter (Custom rules), and send the request again',
    challenge:
      'console > Bot protect: except the path or the address of the test machine for this application; then the same request has to come through',
  },
  references: [{ page: /event_id: ?([0-9a-f]{16,40})/, as: 'event' }],
};
