import { markup, phrase, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const webknightSystem: System = {
  id: 'webknight',
  name: 'AQTRONIX WebKnight',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: '999',
      by: 'status',
      all: [status(999)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: "999 is WebKnight's status; LinkedIn answers bots so too",
      or: ['waf/waf-rule', 'edge/rate-limited', 'edge/challenge'],
    },
    {
      id: 'phrase',
      by: 'header',
      all: [status(999, 404), phrase(/^No Hacking$/i)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the phrase No Hacking is WebKnight's",
    },
    {
      id: 'page',
      by: 'page',
      all: [title('WebKnight Application Firewall Alert'), markup(/WebKnight/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "WebKnight's page",
    },
  ],
  fixes: {
    'waf-rule':
      'the WebKnight log (%SystemRoot%\\system32\\LogFiles\\WebKnight) names the rule: allow the one string or header for it in WebKnight.xml (Config.exe), restart the application pool, and send the request again',
  },
};
