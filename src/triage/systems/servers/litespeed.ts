import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const litespeedSystem: System = {
  id: 'litespeed',
  name: 'LiteSpeed',
  layer: 'server',
  source: 'LiteSpeed, as posted in public threads',
  rides: [header('server', /^LiteSpeed/)],
  refusals: [
    {
      id: 'stock-403',
      by: 'stock',
      all: [status(403), markup('Access to this resource on the server is denied!'), title('403 Forbidden')],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'proved',
      says: "this is LiteSpeed's own page, which its ModSecurity engine sends as well",
      or: ['waf/waf-rule', 'server/path-denied', 'server/file-permission', 'server/ip-denied'],
      next: 'the error log and the audit log of LiteSpeed (/usr/local/lsws/logs) at the time of the request',
      seen: ['litespeed/modsec-audit'],
    },
    {
      id: 'stock-404',
      by: 'stock',
      all: [status(404), markup('The resource requested could not be found on this server!')],
      cause: 'not-found',
      grade: 'likely',
      says: 'LiteSpeed has nothing at this path',
    },
    {
      id: 'stock-406',
      by: 'stock',
      all: [status(406), header('server', /^LiteSpeed/), title('406 Not Acceptable')],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'LiteSpeed answers so for rules of its ModSecurity engine',
      or: ['waf/waf-rule', 'server/content-type-denied'],
    },
    {
      id: 'stock-503',
      by: 'stock',
      all: [status(503, 508), header('server', /^LiteSpeed/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'LiteSpeed has no process left for the application, or its limits are reached',
      or: ['server/rate-limited'],
    },
  ],
  fixes: {
    'not-found':
      'look at the document root and contexts of the virtual host (WebAdmin > Virtual Hosts > Context) and at rewrite rules in .htaccess; the error log with `Log Level DEBUG` shows the file that was looked for; then request it again',
    'upstream-down':
      'restart lsphp (`lswsctrl restart`, or touch .lsphp_restart.txt), raise Max Connections of the external app where it is exhausted; then send the request again',
  },
};
