import { header, phrase } from '../../sign.js';
import type { System } from '../../system.js';

export const denyallSystem: System = {
  id: 'denyall',
  name: 'DenyAll (Rohde & Schwarz)',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^sessioncookie=/)],
  refusals: [
    {
      id: 'phrase',
      by: 'header',
      all: [phrase(/^Condition Intercepted$/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the phrase Condition Intercepted is DenyAll's",
    },
  ],
  fixes: {
    'waf-rule':
      'management console > Alerts: find it by time and client, `Resolve as exception` for this URL and parameter; apply, and send the request again',
  },
};
