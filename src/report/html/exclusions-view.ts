import type { Exclusion } from '../../model/exclusion.js';
import type { RunReport } from '../../model/report.js';
import { isEndpoint, lossShare } from '../exclusion-groups.js';
import { extentText, lossText, scopeText, targetText, widthText } from '../exclusion-texts.js';
import { formatCount, plural } from '../run-texts.js';
import { type ExcludedRulesView, excludedRules } from './excluded-rules.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { caseLink, countOver, type PageLink, shownText } from './page-text.js';
import { type ProofView, viewProof } from './proof-view.js';

const linksAtOnce = 12;
const maxLinks = 5000;
const highShare = 0.2;
const noticeableShare = 0.05;

/** The exclusions, by where they apply. */
export interface ExclusionsView {
  /** Whether anyone asked for exclusions. */
  readonly asked: boolean;
  readonly any: boolean;
  readonly count: string;
  readonly extent: string;
  readonly proof: ProofView;
  readonly groups: readonly ExclusionGroupView[];
  readonly more: string;
}

/** The exclusions of one endpoint, or of more. */
export interface ExclusionGroupView {
  readonly method: string;
  readonly path: string;
  /** What stands in for method and path where an exclusion acts on more than one endpoint. */
  readonly wide: string;
  readonly count: string;
  readonly exclusions: readonly ExclusionView[];
  readonly more: string;
}

/** One exclusion. */
export interface ExclusionView {
  readonly anchor: string;
  readonly target: string;
  readonly wholeRule: boolean;
  readonly wider: string;
  readonly because: string;
  readonly tooBroad: boolean;
  readonly rules: ExcludedRulesView;
  readonly price: PriceView;
  readonly cases: string;
  readonly links: readonly PageLink[];
  /** Links that are folded away, and how many they are. */
  readonly others: readonly PageLink[];
  readonly otherCount: string;
  readonly more: string;
}

/** What an exclusion lets through; `width` is that of its bar, in thousandths. */
export interface PriceView {
  readonly text: string;
  readonly tone: string;
  readonly width: number;
  readonly measured: boolean;
}

/** Prepares the exclusions for the templates. */
export function viewExclusions(report: RunReport, index: ExclusionIndex): ExclusionsView {
  const { exclusions = [] } = report;
  const view = viewer(report, index);
  return {
    asked: report.exclusions !== undefined,
    any: exclusions.length > 0,
    count: formatCount(exclusions.length),
    extent: extentText(exclusions),
    proof: viewProof(report, index),
    groups: index.groups.map(({ scope, exclusions: shown, more }) => ({
      method: shownText(scope.method ?? 'every method'),
      path: shownText(scope.path ?? 'on every path'),
      wide: isEndpoint(scope) ? '' : capitalised(scopeText(scope)),
      count: plural(shown.length + more, 'exclusion'),
      exclusions: shown.map(view),
      more: more > 0 ? formatCount(more) : '',
    })),
    more: index.moreGroups > 0 ? formatCount(index.moreGroups) : '',
  };
}

function capitalised(text: string): string {
  return shownText(text.charAt(0).toUpperCase() + text.slice(1));
}

function viewer(report: RunReport, index: ExclusionIndex): (exclusion: Exclusion) => ExclusionView {
  const cases = new Map(report.findings.map((finding) => [finding.id, finding.cases]));
  const rules = excludedRules(report);
  const broad = new Set(report.verification?.tooBroad);
  const links = Math.max(linksAtOnce, Math.floor(maxLinks / Math.max(1, report.exclusions?.length ?? 0)));
  return (exclusion) => ({
    anchor: index.anchorOf(exclusion),
    target: shownText(targetText(exclusion)),
    wholeRule: exclusion.variable === undefined,
    wider: widthText(exclusion),
    because: shownText(exclusion.widerBecause ?? ''),
    tooBroad: broad.has(exclusion.id),
    rules: rules(exclusion),
    price: viewPrice(exclusion),
    ...viewCases([...new Set(exclusion.findings.flatMap((id) => cases.get(id) ?? []))], links),
  });
}

function viewPrice(exclusion: Exclusion): PriceView {
  const share = lossShare(exclusion);
  const width = Math.round(1000 * (share ?? 0));
  return { text: lossText(exclusion), tone: priceTone(share), width, measured: share !== undefined };
}

function priceTone(share: number | undefined): string {
  if (share === undefined) return 'unclear';
  if (share >= highShare) return 'bad';
  return share >= noticeableShare ? 'doubtful' : 'good';
}

function viewCases(cases: readonly string[], limit: number) {
  const links = cases.slice(0, limit).map(caseLink);
  return {
    cases: plural(cases.length, 'case'),
    links: links.slice(0, linksAtOnce),
    others: links.slice(linksAtOnce),
    otherCount: formatCount(Math.max(0, cases.length - linksAtOnce)),
    more: countOver(cases.length, limit),
  };
}
