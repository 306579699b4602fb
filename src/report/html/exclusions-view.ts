import type { Exclusion } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { isEndpoint } from '../exclusion-groups.js';
import { elementsText, exclusionText, extentText, scopeText, targetText, widthText } from '../exclusion-texts.js';
import { formatCount, plural } from '../run-texts.js';
import { type EndpointExcerpt, endpointExcerpts } from './configurations-view.js';
import { type ExcludedRulesView, excludedRules } from './excluded-rules.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { type LadderView, viewLadder } from './ladder-view.js';
import { caseLink, countOver, type PageLink, shownText } from './page-text.js';
import { type PriceView, viewPrice } from './price-view.js';
import { type ProofView, viewProof } from './proof-view.js';
import { type ServerView, viewServers } from './servers-view.js';
import { type SparedView, viewSpared } from './spared-view.js';

const linksAtOnce = 12;
const maxClasses = 40;

/** The exclusions, by where they apply. */
export interface ExclusionsView {
  /** Whether anyone asked for exclusions. */
  readonly asked: boolean;
  readonly any: boolean;
  /** Whether some of them can be accepted and others not. */
  readonly canChoose: boolean;
  readonly count: string;
  readonly extent: string;
  readonly proof: ProofView;
  readonly servers: readonly ServerView[];
  readonly spared: SparedView;
  readonly groups: readonly ExclusionGroupView[];
  readonly more: string;
}

/** The exclusions of one endpoint, or of more. */
export interface ExclusionGroupView {
  /** The address of its configuration. */
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  /** What stands in for method and path where an exclusion acts on more than one endpoint. */
  readonly wide: string;
  readonly count: string;
  readonly exclusions: readonly ExclusionView[];
  readonly more: string;
  /** What the written files say of the endpoint. */
  readonly excerpts: readonly EndpointExcerpt[];
}

/** One exclusion. */
export interface ExclusionView {
  readonly anchor: string;
  /** Its place in the report. */
  readonly place: number;
  /** What is accepted with it, for who does not see it; empty where there is nothing to choose. */
  readonly accept: string;
  readonly target: string;
  readonly wholeRule: boolean;
  /** What it does to its rules: `not looked at by 2 rules`. */
  readonly done: string;
  readonly setting: boolean;
  readonly elements: string;
  readonly wider: string;
  readonly because: string;
  /** What it takes as it is, though it looks generated. */
  readonly generated: string;
  readonly tooBroad: boolean;
  readonly noEffect: boolean;
  readonly rules: ExcludedRulesView;
  readonly ladder: LadderView;
  readonly price: PriceView;
  readonly cases: string;
  readonly links: readonly PageLink[];
  readonly more: string;
}

/** Prepares the exclusions for the templates. */
export function viewExclusions(report: StreamedReport, index: ExclusionIndex): ExclusionsView {
  const { exclusions = [] } = report;
  const view = viewer(report, index);
  const excerptsOf = endpointExcerpts(report);
  const groups = index.groups.map(({ scope, exclusions: shown, more, anchor }) => ({
    anchor,
    method: shownText(scope.method ?? 'every method'),
    path: shownText(scope.path ?? 'on every path'),
    wide: isEndpoint(scope) ? '' : capitalised(scopeText(scope)),
    count: plural(shown.length + more, 'exclusion'),
    exclusions: shown.map(view),
    more: more > 0 ? formatCount(more) : '',
    excerpts: excerptsOf(scope),
  }));
  return {
    asked: report.exclusions !== undefined,
    any: exclusions.length > 0,
    canChoose: report.verification !== undefined,
    count: formatCount(exclusions.length),
    extent: extentText(exclusions),
    proof: viewProof(report, index),
    servers: viewServers(report, index),
    spared: viewSpared(report),
    groups,
    more: index.moreGroups > 0 ? formatCount(index.moreGroups) : '',
  };
}

function capitalised(text: string): string {
  return shownText(text.charAt(0).toUpperCase() + text.slice(1));
}

function viewer(report: StreamedReport, index: ExclusionIndex): (exclusion: Exclusion) => ExclusionView {
  const cases = new Map(report.findings.map((finding) => [finding.id, finding.cases]));
  const rules = excludedRules(report);
  const places = new Map((report.exclusions ?? []).map((exclusion, place) => [exclusion, place]));
  const broad = new Set(report.verification?.tooBroad);
  const idle = new Set(report.verification?.noEffect);
  return (exclusion) => ({
    anchor: index.anchorOf(exclusion),
    place: places.get(exclusion) ?? 0,
    accept: report.verification === undefined ? '' : shownText(exclusionText(exclusion)),
    done: doneText(exclusion, rules(exclusion).count),
    target: shownText(targetText(exclusion)),
    wholeRule: exclusion.effect === 'remove-rule',
    setting: ['change-setting', 'read-body-as', 'raise-limit'].includes(exclusion.effect),
    elements: elementsText(exclusion),
    wider: widthText(exclusion),
    because: shownText(exclusion.widerBecause ?? ''),
    generated: shownText((exclusion.looksGenerated ?? []).join(', ')),
    tooBroad: broad.has(exclusion.id),
    noEffect: idle.has(exclusion.id),
    rules: rules(exclusion),
    ladder: viewLadder(exclusion),
    price: viewPrice(exclusion, maxClasses),
    ...viewCases([...new Set(exclusion.findings.flatMap((id) => cases.get(id) ?? []))]),
  });
}

function doneText({ effect }: Exclusion, rules: string): string {
  switch (effect) {
    case 'remove-rule':
      return 'removed';
    case 'change-setting':
    case 'read-body-as':
    case 'raise-limit':
      return `changed for ${rules}`;
    case 'count-and-reblock':
      return 'counts here, and blocks by its label elsewhere';
    case 'scope-down':
      return 'not asked here, nor is the rest of the group';
    case 'narrow-rule':
      return 'does not match here';
    case 'count-only':
      return 'only counts, whatever the request';
    case 'remove-target':
    case 'leave-body-unread':
      return `not looked at by ${rules}`;
  }
}

function viewCases(cases: readonly string[]) {
  return {
    cases: plural(cases.length, 'case'),
    links: cases.slice(0, linksAtOnce).map(caseLink),
    more: countOver(cases.length, linksAtOnce),
  };
}
