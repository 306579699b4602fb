import type { Exclusion } from '../../model/exclusion.js';
import type { Finding, StreamedReport } from '../../model/report.js';
import { plural } from '../run-texts.js';
import { countOver, pageAddress, shownText } from './page-text.js';

/** Rows of rules for one exclusion, and for all of them. */
const maxRules = 100;
const maxRows = 10_000;
const maxIds = 12;

/** The rules that an exclusion is for. */
export interface ExcludedRulesView {
  readonly count: string;
  /** The first of their numbers. */
  readonly ids: string;
  /** Of a single rule. */
  readonly message: string;
  readonly rows: readonly ExcludedRuleView[];
  readonly more: string;
}

/** A rule, and the finding that is cleared with it: none where another rule hid it. */
export interface ExcludedRuleView {
  readonly id: string;
  readonly message: string;
  readonly cases: string;
  readonly link: string;
}

/** Says of an exclusion which rules it is for, in the words of findings and hits. */
export function excludedRules(report: StreamedReport): (exclusion: Exclusion) => ExcludedRulesView {
  const messages = report.exclusions === undefined ? new Map<string, string>() : collectMessages(report);
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const most = Math.max(maxIds, Math.min(maxRules, Math.floor(maxRows / Math.max(1, report.exclusions?.length ?? 0))));
  return (exclusion) => {
    const { ruleIds } = exclusion;
    const cleared = exclusion.findings.flatMap((id) => findings.get(id) ?? []);
    const idList = ruleIds.slice(0, maxIds).join(', ');
    return {
      count: plural(ruleIds.length, 'rule'),
      message: ruleIds.length === 1 ? shownText(messages.get(ruleIds.join()) ?? '') : '',
      ids: ruleIds.length > maxIds ? `${idList}, …` : idList,
      rows: ruleIds.slice(0, most).map((id) => viewRule(`${id}`, cleared, messages)),
      more: countOver(ruleIds.length, most),
    };
  };
}

function viewRule(id: string, cleared: readonly Finding[], messages: ReadonlyMap<string, string>): ExcludedRuleView {
  const found = cleared.filter(({ ruleId }) => `${ruleId}` === id);
  const [first] = found;
  const cases = new Set(found.flatMap((finding) => finding.cases)).size;
  return {
    id: shownText(id),
    message: shownText(messages.get(id) ?? ''),
    cases: first === undefined ? 'hidden behind the others' : plural(cases, 'case'),
    link: found.length === 1 && first !== undefined ? pageAddress('finding', first.id) : '',
  };
}

function collectMessages({ findings, results }: StreamedReport): ReadonlyMap<string, string> {
  const messages = new Map(findings.map(({ ruleId, message }) => [`${ruleId}`, message]));
  for (const { hits } of results) {
    for (const { ruleId, message } of hits) if (!messages.has(`${ruleId}`)) messages.set(`${ruleId}`, message);
  }
  return messages;
}
