import { markerRules } from './marker-rule.js';
import { commented, rulesAfter, type SetupPart } from './setup-parts.js';

/** What to add to a Caddy with coraza-caddy. */
export function corazaParts(): readonly SetupPart[] {
  const [before, after] = ['/etc/caddy/wafproof-setup-before.conf', '/etc/caddy/wafproof-setup-after.conf'];
  return [
    {
      kind: 'rules before',
      place: `${before}, included before the Core Rule Set`,
      text: corazaRulesBefore('/var/log/caddy/coraza_audit.log'),
    },
    { kind: 'rules after', place: `${after}, included after it`, text: heard(rulesAfter()) },
    {
      kind: 'server',
      place: 'Caddyfile, the directives of coraza_waf with load_owasp_crs, in this order',
      text: corazaDirectives(before, after),
    },
  ];
}

/** A line of Coraza's audit log has what a rule matched only up to 280 bytes, and names no variable. */
function corazaRulesBefore(auditLog: string): string {
  return commented([
    [
      'Keeps entries of answers that SecAuditLogRelevantStatus names, such as 403; the marker below asks for one of each request of Wafproof.',
      'SecAuditEngine RelevantOnly',
    ],
    [
      'A head, B request headers (with the correlation id), H and K matched rules, K with all variables and their whole values, Z end.',
      'SecAuditLogParts ABHKZ',
    ],
    ['One JSON object a line.', 'SecAuditLogFormat JSON'],
    ['All entries in one file.', 'SecAuditLogType Serial'],
    ['That file; name it as waf.log of the target in wafproof.config.yaml.', `SecAuditLog ${auditLog}`],
    [
      'Has an entry written of each request of Wafproof, whatever its status, and logs its correlation id, before any other rule runs.',
      heard(markerRules.opening).replace(',auditlog,', ',auditlog,ctl:auditEngine=On,'),
    ],
  ]);
}

function corazaDirectives(before: string, after: string): string {
  return commented([
    [
      'What Coraza recommends. It only detects: your own SecRuleEngine stands at the end.',
      'Include @coraza.conf-recommended',
    ],
    ['Settings of the Core Rule Set, or your own file of them.', 'Include @crs-setup.conf.example'],
    ['The first file above.', `Include ${before}`],
    ['The rules.', 'Include @owasp_crs/*.conf'],
    ['The second file above.', `Include ${after}`],
  ]);
}

/** coraza-caddy writes no line for a rule without a severity. */
function heard(rules: string): string {
  return rules.replaceAll(',log,', ",log,severity:'INFO',");
}
