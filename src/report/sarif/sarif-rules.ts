import { verdictKinds } from '../../model/case.js';
import type { RuleHit } from '../../model/evidence.js';
import type { StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import type { Alert } from '../alerts.js';
import { maxTextLength } from '../case-texts.js';
import { keyOfFinding } from '../finding-keys.js';
import { digestOf } from '../result-digest.js';
import { verdictTexts } from '../verdict-texts.js';

/** What results refer to: rules of the WAF, and verdicts where no rule is to blame. Each once, in the order of the results. */
export function rulesOf(report: StreamedReport, alerts: readonly Alert[]) {
  const { examples } = digestOf(report);
  const first = new Map<string, Alert>();
  for (const alert of alerts) if (!first.has(alert.kind)) first.set(alert.kind, alert);
  return [...first.values()].map((alert) => ruleOf(alert, examples));
}

function ruleOf({ kind, finding, level }: Alert, examples: ReadonlyMap<string, RuleHit>) {
  const text = finding === undefined ? meaningOf(kind) : printable(finding.message.slice(0, maxTextLength)) || kind;
  const tags = finding === undefined ? [] : (examples.get(keyOfFinding(finding))?.tags ?? []);
  return {
    id: kind,
    shortDescription: { text },
    fullDescription: {
      text: finding === undefined ? text : `A rule of the WAF that refuses legitimate requests: ${text}`,
    },
    defaultConfiguration: { level },
    properties: { tags: [...new Set(['waf', ...tags])] },
  };
}

function meaningOf(kind: string): string {
  const verdict = verdictKinds.find((one) => one === kind);
  return verdict === undefined ? kind : verdictTexts[verdict].meaning;
}
