import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const radwareSystem: System = {
  id: 'radware',
  name: 'Radware',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-sl-compstate')],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        markup(/Unauthorized (?:Request Blocked|Activity Has Been Detected)/i),
        markup(/CloudWebSec\.radware\.com|case number in its subject/i),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "Radware's page",
    },
    {
      id: 'title',
      by: 'page',
      all: [title('Unauthorized Request Blocked'), status(403, 200)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Radware's page",
    },
  ],
  fixes: {
    'waf-rule':
      'AppWall > Forensics: the case number names filter and rule; `Refine` it for this URI and parameter; then send the request again',
  },
  references: [{ page: /case number in its subject: ?(?:<[^>]{1,20}>)?(\d{4,25}(?:-\d{1,10})?)/i, as: 'case number' }],
};
