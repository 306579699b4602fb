import type { ServerSetup } from '../../contract/waf.js';
import { corazaParts } from './coraza-setup.js';
import { markerRules } from './marker-rule.js';
import { commented, rulesAfter, type SetupPart } from './setup-parts.js';

export const serverNames = ['apache', 'nginx', 'coraza'] as const;

export type SetupServer = (typeof serverNames)[number];

/** What `doctor --print-setup` prints. */
export const setups: readonly ServerSetup[] = serverNames.map((server) => ({
  server,
  text: () => setupText(server),
}));

/** All that makes a server's log joinable, ready to be pasted: one commented part after the other. */
export function setupText(server: SetupServer): string {
  return setupParts(server)
    .map(({ place, text }) => `# ===== ${titles[server]}: ${place} =====\n\n${text}`)
    .join('\n');
}

const titles: Readonly<Record<SetupServer, string>> = {
  apache: 'Apache with mod_security2',
  nginx: 'nginx with libmodsecurity 3',
  coraza: 'Caddy with coraza-caddy',
};

/** What to add to a server's configuration, and where. */
export function setupParts(server: SetupServer): readonly SetupPart[] {
  return parts[server]();
}

const parts: Readonly<Record<SetupServer, () => readonly SetupPart[]>> = {
  apache: apacheParts,
  nginx: nginxParts,
  coraza: corazaParts,
};

/** Files of its own in places that Debian's packages read: `tune` and the Core Rule Set's package have names of theirs. */
function apacheParts(): readonly SetupPart[] {
  return [
    {
      kind: 'rules before',
      place:
        '/etc/modsecurity/wafproof-setup-before.conf, which Debian reads after modsecurity.conf and before the Core Rule Set; elsewhere include it there',
      text: rulesBefore('/var/log/apache2/modsec_audit.log'),
    },
    {
      kind: 'rules after',
      place:
        '/etc/apache2/conf-available/wafproof-setup-after.conf, which Debian reads after the Core Rule Set once you say "a2enconf wafproof-setup-after"; elsewhere include it there',
      text: rulesAfter(),
    },
  ];
}

function nginxParts(): readonly SetupPart[] {
  const order = 'the file that modsecurity_rules_file names (Debian: /etc/nginx/modsecurity_includes.conf)';
  return [
    {
      kind: 'rules before',
      place: `/etc/nginx/wafproof-setup-before.conf; ${order} includes it after modsecurity.conf and before the Core Rule Set`,
      text: rulesBefore('/var/log/nginx/modsec_audit.log'),
    },
    {
      kind: 'rules after',
      place: '/etc/nginx/wafproof-setup-after.conf; the same file includes it last, after the Core Rule Set',
      text: rulesAfter(),
    },
    { kind: 'server', place: 'nginx.conf, inside http { … }', text: nginxDirectives() },
  ];
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
