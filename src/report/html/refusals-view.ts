import type { StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import type { DenialGroup } from '../denial-groups.js';
import { digestOf } from '../result-digest.js';
import { formatCount } from '../run-texts.js';
import { groupHeadline, suiteRemedy } from '../triage-texts.js';
import { caseLink, countOver, type PageLink, shownText } from './page-text.js';
import { type TriageView, viewTriage } from './triage-view.js';

/** What is refused and not by the WAF's log, by suite and cause. */
export interface RefusalsView {
  readonly any: boolean;
  readonly count: string;
  readonly groups: readonly RefusalGroupView[];
  /** How many groups are not shown. */
  readonly more: string;
}

/** Cases of one suite that are refused for one reason. */
export interface RefusalGroupView extends TriageView {
  readonly headline: string;
  /** What to do in the suite. */
  readonly remedy: string;
  readonly endpoints: readonly string[];
  readonly cases: readonly PageLink[];
  readonly moreCases: string;
}

const mostGroups = 50;
const longest = 2000;
const nothing = { evidence: [], ruledOut: [], others: [], hops: '', next: '', handOver: '' } as const;

/** Prepares the groups for the page. */
export function viewRefusals(report: StreamedReport): RefusalsView {
  const { denials } = digestOf(report);
  const cases = denials.reduce((sum, group) => sum + group.cases, 0);
  return {
    any: denials.length > 0,
    count: formatCount(cases),
    groups: denials.slice(0, mostGroups).map(viewGroup),
    more: countOver(denials.length, mostGroups),
  };
}

function viewGroup(group: DenialGroup): RefusalGroupView {
  const { triage, first, cases, endpoints, fix = '' } = group;
  const headline = printable(groupHeadline(group));
  const told = triage === undefined ? { ...nothing, verdict: '', fix } : viewTriage(triage, longest);
  return {
    ...shown(told),
    headline: `${headline.slice(0, 1).toUpperCase()}${headline.slice(1)}`,
    remedy: suiteRemedy(group) ?? '',
    endpoints: endpoints.map(shownText),
    cases: first.map(caseLink),
    moreCases: countOver(cases, first.length),
  };
}

function shown(told: TriageView): TriageView {
  return {
    verdict: printable(told.verdict),
    evidence: told.evidence.map(({ says, from, text }) => ({ says: printable(says), from, text: printable(text) })),
    ruledOut: told.ruledOut.map(printable),
    others: told.others.map(printable),
    hops: printable(told.hops),
    fix: printable(told.fix),
    next: printable(told.next),
    handOver: printable(told.handOver),
  };
}
