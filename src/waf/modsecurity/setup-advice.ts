import { correlationHeader } from '../../contract/correlation.js';
import { markerRules } from './marker-rule.js';
import { infoSuffix, probeRules } from './probe-rules.js';

export const serverNames = ['apache', 'nginx'] as const;

export type ServerName = (typeof serverNames)[number];

/** Text of one file of a server's configuration. */
export interface SetupPart {
  readonly kind: 'rules before' | 'rules after' | 'server';
  /** Where it belongs, for people. */
  readonly place: string;
  readonly text: string;
}

/** All that makes a server's log joinable, ready to be pasted: one commented part after the other. */
export function setupAdvice(server: ServerName): string {
  return setupParts(server)
    .map(({ place, text }) => `# ===== ${titles[server]}: ${place} =====\n\n${text}`)
    .join('\n');
}

const titles: Readonly<Record<ServerName, string>> = {
  apache: 'Apache with mod_security2',
  nginx: 'nginx with libmodsecurity 3',
};

/** What to add to a server's configuration, and where. */
export function setupParts(server: ServerName): readonly SetupPart[] {
  return server === 'apache' ? apacheParts() : nginxParts();
}

function apacheParts(): readonly SetupPart[] {
  const [before, after] = [
    '/etc/modsecurity/wafproof.conf',
    '/etc/modsecurity/crs/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
  ];
  return [
    {
      kind: 'rules before',
      place: `${before}, loaded before the Core Rule Set`,
      text: rulesBefore('/var/log/apache2/modsec_audit.log'),
    },
    { kind: 'rules after', place: `${after}, loaded after it`, text: rulesAfter() },
  ];
}

function nginxParts(): readonly SetupPart[] {
  const folder = '/etc/nginx/modsecurity';
  return [
    {
      kind: 'rules before',
      place: `${folder}/wafproof-before.conf, included before the Core Rule Set`,
      text: rulesBefore('/var/log/nginx/modsec_audit.log'),
    },
    { kind: 'rules after', place: `${folder}/wafproof-after.conf, included after it`, text: rulesAfter() },
    { kind: 'server', place: 'nginx.conf, inside http { … }', text: nginxDirectives() },
  ];
}

/** Directives take no comment on their line, so each has its comment before it. */
function commented(lines: readonly (readonly [comment: string, directive: string])[]): string {
  return lines.map(([comment, directive]) => `# ${comment}\n${directive.trim()}\n`).join('\n');
}

function rulesBefore(auditLog: string): string {
  return commented([
    [
      'Keeps entries of those requests only that a rule matched: the marker below sees to it for requests of Wafproof.',
      'SecAuditEngine RelevantOnly',
    ],
    [
      'No status is a reason for an entry by itself; by default each 4xx and 5xx of any visitor is one.',
      'SecAuditLogRelevantStatus "^$"',
    ],
    [
      'A head, B request headers (with the correlation id), H matched rules, Z end: no bodies, so entries are small and hold no form data.',
      'SecAuditLogParts ABHZ',
    ],
    ['One JSON object a line, in which texts are longer than in the native format.', 'SecAuditLogFormat JSON'],
    ['All entries in one file.', 'SecAuditLogType Serial'],
    ['That file; name it as waf.log of the target in wafproof.config.yaml.', `SecAuditLog ${auditLog}`],
    [
      'Marks each request of Wafproof as worth an entry, and logs its correlation id, before any other rule runs.',
      markerRules.opening,
    ],
  ]);
}

/** Never in a log. */
const skipRuleId = 9900022;
const end = 'END-WAFPROOF';

function rulesAfter(): string {
  const [info = '', score = ''] = probeRules.trim().split('\n');
  return commented([
    [
      'Requests of others pass by the rules below, which leave no line for them.',
      `SecRule &REQUEST_HEADERS:${correlationHeader} "@eq 0" "id:${skipRuleId},phase:5,pass,t:none,nolog,skipAfter:${end}"`,
    ],
    [
      `Answers the question of a correlation id that ends in ${infoSuffix}: paranoia level and threshold in force.`,
      info,
    ],
    ['Logs the anomaly score of requests that stayed under the threshold too, so that near misses are seen.', score],
    ['Logs the correlation id again when all is decided: no line of the request comes later.', markerRules.closing],
    ['Where requests of others go on.', `SecMarker ${end}`],
  ]);
}

function nginxDirectives(): string {
  const transactionId =
    'map $http_x_wafproof_id $wafproof_transaction_id { "" $request_id; default $http_x_wafproof_id; }';
  return commented([
    [
      "The id of ModSecurity's transactions: the correlation id for requests of Wafproof, nginx's own for all others.",
      transactionId,
    ],
    [
      'Uses it, so that audit log and error log name the same id.',
      'modsecurity_transaction_id $wafproof_transaction_id;',
    ],
    [
      'Only where the error log is what Wafproof reads: matched rules are written at the level info, which is much for production.',
      '# error_log /var/log/nginx/error.log info;',
    ],
  ]);
}
