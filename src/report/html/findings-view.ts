import { levelOf } from '../../model/evidence.js';
import type { Finding, StreamedReport } from '../../model/report.js';
import type { RuleExplanation } from '../../model/rule-explanation.js';
import { type FindingGroup, groupFindings } from '../finding-groups.js';
import { formatCount, plural } from '../run-texts.js';
import type { BeforeAfterView } from './before-after-view.js';
import type { ClearingView } from './clearing-view.js';
import { isFingerprint } from './hit-marks.js';
import { caseLink, countOver, type PageLink, pageAddress, shownSentence, shownText } from './page-text.js';
import type { TrendView } from './trend-view.js';
import type { TriggerView } from './trigger-view.js';

// What stands in the page without JavaScript is rendered at once by the browser, so it is bounded.
const maxGroups = 1000;
const maxPlain = 200;
const endpointsAtOnce = 3;
const maxEndpoints = 50;
const maxReasons = 5;
const linksAtOnce = 6;

/** Findings by rule and field. */
export interface FindingsView {
  readonly count: string;
  readonly any: boolean;
  readonly groups: readonly GroupView[];
  /** The first of them, for who reads the page without JavaScript. */
  readonly plain: readonly GroupView[];
  readonly more: string;
}

/** One rule on one field. */
export interface GroupView {
  readonly ruleId: string;
  readonly message: string;
  /** What the rule looks for, and how its authors call it. */
  readonly sentence: string;
  readonly title: string;
  /** Where the rule is written; nothing where it is not known. */
  readonly source: { readonly url: string; readonly text: string } | undefined;
  readonly severity: string;
  readonly level: string;
  readonly tags: readonly string[];
  readonly variable: string;
  readonly example: string;
  /** What the example is: text that matched, or the shape of it. */
  readonly exampleKind: string;
  readonly cases: string;
  readonly endpoints: readonly EndpointView[];
  /** Endpoints that are folded away, and how many they are. */
  readonly others: readonly EndpointView[];
  readonly otherCount: string;
  readonly more: string;
  /** Of all of them, whether shown or not. */
  readonly allEndpoints: readonly string[];
  readonly findingIds: readonly string[];
}

/** A finding: where the rule met the field. */
export interface EndpointView {
  readonly method: string;
  readonly path: string;
  readonly cases: string;
  readonly trend: TrendView;
  /** Why the rule refuses, where the engine tells. */
  readonly reasons: readonly string[];
  /** Address of all its cases within the page. */
  readonly link: string;
  readonly links: readonly PageLink[];
  /** How many cases only the list of cases shows. */
  readonly more: string;
  readonly trigger: TriggerView;
  readonly clearing: ClearingView;
  readonly outcome: BeforeAfterView;
}

/** What other parts of the page know of a finding. */
export interface FindingContext {
  readonly triggerOf: (finding: Finding) => TriggerView;
  readonly trendOf: (finding: Finding) => TrendView;
  readonly clearingOf: (finding: Finding) => ClearingView;
  readonly outcomeOf: (finding: Finding) => BeforeAfterView;
}

/** Prepares the findings for the templates. */
export function viewFindingGroups(report: StreamedReport, context: FindingContext): FindingsView {
  const groups = groupFindings(report);
  const rules = new Map((report.rules ?? []).map((rule) => [rule.ruleId, rule]));
  const views = groups.slice(0, maxGroups).map((group) => ({
    ...viewGroup(group, context),
    ...viewRule(rules.get(group.ruleId)),
  }));
  return {
    count: formatCount(report.findings.length),
    any: groups.length > 0,
    groups: views,
    plain: views.slice(0, maxPlain),
    more: countOver(groups.length, maxGroups),
  };
}

type RuleView = Pick<GroupView, 'sentence' | 'title' | 'source'>;

/** Who has written a report may have written anything: an address is one of the web. */
function viewRule(rule: RuleExplanation | undefined): RuleView {
  const { sentence = '', title = '', source } = rule ?? {};
  const isOfWeb = source !== undefined && /^https:\/\/[\x21-\x7e]+$/.test(source.url);
  return {
    sentence: shownSentence(sentence),
    title: shownText(title),
    source: isOfWeb ? { url: source.url, text: shownText(source.text) } : undefined,
  };
}

function viewGroup(group: FindingGroup, context: FindingContext): Omit<GroupView, keyof RuleView> {
  const { ruleId, message, variable, cases, findings, example } = group;
  const endpoints = findings.slice(0, maxEndpoints).map((finding) => viewEndpoint(finding, context));
  return {
    ruleId: shownText(`${ruleId}`),
    message: shownText(message),
    severity: example?.severity?.toLowerCase() ?? '',
    level: example === undefined ? '' : `${levelOf(example) ?? ''}`,
    tags: (example?.tags ?? []).map(shownText),
    variable: shownText(variable),
    example: shownText(example?.reason === undefined ? (example?.matched ?? '') : ''),
    exampleKind: example !== undefined && isFingerprint(example) ? 'fingerprint' : 'matched',
    cases: plural(cases, 'case'),
    endpoints: endpoints.slice(0, endpointsAtOnce),
    others: endpoints.slice(endpointsAtOnce),
    otherCount: plural(Math.max(0, findings.length - endpointsAtOnce), 'more endpoint'),
    more: countOver(findings.length, maxEndpoints),
    allEndpoints: findings.map(({ method, path }) => shownText(`${method} ${path}`)),
    findingIds: findings.map(({ id }) => id),
  };
}

function viewEndpoint(finding: Finding, context: FindingContext): EndpointView {
  const { id, method, path, cases } = finding;
  return {
    method: shownText(method),
    path: shownText(path),
    cases: plural(cases.length, 'case'),
    trend: context.trendOf(finding),
    reasons: (finding.reasons ?? []).slice(0, maxReasons).map(shownText),
    link: pageAddress('finding', id),
    links: cases.slice(0, linksAtOnce).map(caseLink),
    more: countOver(cases.length, linksAtOnce),
    trigger: context.triggerOf(finding),
    clearing: context.clearingOf(finding),
    outcome: context.outcomeOf(finding),
  };
}
