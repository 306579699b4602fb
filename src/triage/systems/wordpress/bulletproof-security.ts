import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const bulletproofSecuritySystem: System = {
  id: 'bulletproof-security',
  name: 'BulletProof Security',
  layer: 'waf',
  source: 'wafw00f, plugins of that name; documentation of the plugin',
  rides: [],
  refusals: [
    {
      id: 'page-1',
      by: 'page',
      all: [status(403), markup(/BPS (?:Plugin|Pro) 403 Error Page/i), title(/403|Forbidden/i)],
      cause: 'path-denied',
      grade: 'likely',
      says: 'the .htaccess of BulletProof Security refuses it',
    },
  ],
  fixes: {
    'path-denied':
      'BPS Security Log names file and query: add the skip/bypass rule that it shows to Custom Code (section 10 or 13) of root .htaccess, activate BulletProof Mode, and request it again',
  },
};
