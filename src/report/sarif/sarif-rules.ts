import { verdictKinds } from '../../model/case.js';
import type { RuleHit } from '../../model/evidence.js';
import type { StreamedReport } from '../../model/report.js';
import type { RuleExplanation, RuleSource } from '../../model/rule-explanation.js';
import { printable } from '../../util/printable.js';
import type { Alert } from '../alerts.js';
import { maxTextLength } from '../case-texts.js';
import { keyOfFinding } from '../finding-keys.js';
import { digestOf } from '../result-digest.js';
import { verdictTexts } from '../verdict-texts.js';

/** GitHub refuses a file with a rule of more tags, and shows ten (code scanning, "SARIF results exceed one or more limits"). */
const maxTags = 20;
/** GitHub takes so many characters of a description (code scanning, "SARIF support"). */
const maxDescription = 1024;

/** What is known of the rules in a report. */
interface Knowledge {
  readonly examples: ReadonlyMap<string, RuleHit>;
  readonly explanations: ReadonlyMap<string, RuleExplanation>;
}

/** What results refer to: rules of the WAF, and verdicts where no rule is to blame. Each once, in the order of the results. */
export function rulesOf(report: StreamedReport, alerts: readonly Alert[]) {
  const { examples } = digestOf(report);
  const explanations = new Map((report.rules ?? []).map((rule) => [`${rule.ruleId}`, rule]));
  const first = new Map<string, Alert>();
  for (const alert of alerts) if (!first.has(alert.kind)) first.set(alert.kind, alert);
  return [...first.values()].map((alert) => ruleOf(alert, { examples, explanations }));
}

function ruleOf({ kind, finding, level }: Alert, { examples, explanations }: Knowledge) {
  const message = finding === undefined ? meaningOf(kind) : finding.message.slice(0, maxTextLength) || kind;
  const tags = finding === undefined ? [] : (examples.get(keyOfFinding(finding))?.tags ?? []);
  const { sentence, source } = explanations.get(`${finding?.ruleId}`) ?? {};
  const full =
    sentence ?? (finding === undefined ? message : `A rule of the WAF that refuses legitimate requests: ${message}`);
  return {
    id: kind,
    shortDescription: description(message),
    fullDescription: description(full),
    help: { text: [description(full).text, ...(source === undefined ? [] : [printable(source.url)])].join('\n') },
    ...helpUri(source),
    defaultConfiguration: { level },
    properties: { tags: [...new Set(['waf', ...tags.map((tag) => tag.slice(0, maxTextLength))])].slice(0, maxTags) },
  };
}

/** Escapes may make a text longer than it was. */
function description(text: string) {
  return { text: printable(text.slice(0, maxDescription)).slice(0, maxDescription) };
}

function helpUri(source: RuleSource | undefined) {
  const isLink = source !== undefined && /^https?:/.test(source.url) && URL.canParse(source.url);
  return isLink ? { helpUri: new URL(source.url).href } : {};
}

function meaningOf(kind: string): string {
  const verdict = verdictKinds.find((one) => one === kind);
  return verdict === undefined ? kind : verdictTexts[verdict].meaning;
}
