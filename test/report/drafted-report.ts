import type { Exclusion } from '../../src/model/exclusion.js';
import type { RunReport } from '../../src/model/report.js';
import { dialectOf } from '../../src/waf/modsecurity/dialects/dialects.js';
import { numbered } from '../../src/waf/modsecurity/dialects/rule-dialect.js';
import { tunedReport } from './tuned-report.js';

const attacksLost = ["sqli: 1' OR 1=1", "sqli: 2' OR 2=2", 'php-injection: <?php x', 'xss: <script>'];

/** The attacks that each exclusion of the sample lets through, and another one that frees the same field. */
const losses: Readonly<Record<string, { readonly attacks: readonly number[]; readonly beside?: readonly string[] }>> = {
  '046b5a66f9': { attacks: [0, 1, 3] },
  '7a4fcfc581': { attacks: [2, 3], beside: ['51ca4e65ad'] },
};

/** The tuned sample as `tune` writes it now: two dialects that can write some of the exclusions, and attacks that are counted once. */
export function draftedReport(): RunReport {
  const report = tunedReport();
  const exclusions = (report.exclusions ?? []).map(priced);
  const notes = { reasons: new Map(), engine: 'ModSecurity 3.0.9' };
  const configurations = ['modsecurity', 'crs-plugin'].map((name) => {
    const dialect = dialectOf(name, ['modsecurity3']);
    if (dialect === undefined) throw new Error(`no dialect ${name}`);
    return { dialect: name, ...numbered(dialect, 10_000).write(exclusions, notes) };
  });
  const { verification } = report;
  if (verification === undefined) throw new Error('no verification');
  return {
    ...report,
    exclusions,
    configurations,
    verification: {
      ...verification,
      cleared: report.results.filter(({ verdict }) => verdict.kind === 'false-positive').map(({ id }) => id),
      stillBlocked: [],
      newlyBlocked: [],
      tooBroad: [],
      attacksLost,
      attacksBlockedBefore: 2618,
      notReproduced: [],
    },
  };
}

function priced(exclusion: Exclusion): Exclusion {
  const loss = losses[exclusion.id] ?? { attacks: [] };
  if (exclusion.detectionLoss === undefined) return exclusion;
  const { blockedBefore, classes } = exclusion.detectionLoss;
  const lost = loss.attacks.length;
  return { ...exclusion, detectionLoss: { lost, blockedBefore, ...(classes && { classes }), ...loss } };
}
