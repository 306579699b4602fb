import type { EntryFile } from '../../../contract/log-source.js';

const indexLine = / (\/\S*\/\d{8}-\d{4}\/\d{8}-\d{6}-[^\s/]+) \d+ \d+(?:\.\d+)? md5:[0-9a-f]{32} ?$/;
const corazaLine = /^([A-Za-z0-9-]+) - (\S*\/\d{8}\/\d{8}-\d{4}\/\d{8}-\d{6}-\1)$/;

const longestPath = 2048;

/**
 * A line of the index of concurrent audit log entries. ModSecurity 2, with the path in SecAuditLogStorageDir:
 * `staging.test 127.0.0.1 - - [22/Nov/2026:20:56:15.878395 +0000] "POST / HTTP/1.1" 406 367 "-" "-" <id> "-"
 * /www-data/20261122/20261122-2056/20261122-205615-<id> 0 1298 md5:28f23f6f684d0be081793c5f9d6f12dd `
 * libmodsecurity 3, with the whole path: `… "curl/7.88.1" <id> - /srv/audit/20261122/20261122-2100/… 0 889.000000 md5:…`
 * What a client sends stands before the path. Coraza writes three lines, of which the last has the path, whole or relative
 * to the folder in which the server was started:
 * `127.0.0.1  - - [2026/11/23 08:14:07]`, ` "GET /ok "`, `LxoEoIUJOooNRrckDKY - /srv/audit/20261123/20261123-0814/20261123-…`
 * No other file is read than one that is named as these engines name entries.
 */
export function parseIndexLine(line: string): EntryFile | undefined {
  const end = line.slice(-longestPath);
  const entryFile = indexLine.exec(end)?.[1] ?? corazaLine.exec(end)?.[2];
  return entryFile === undefined || /(?:^|\/)\.\.\//.test(entryFile) ? undefined : { entryFile };
}
