import type { Finding, RunReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import { type FindingGroup, groupFindings } from '../finding-groups.js';
import { formatCount, plural } from '../run-texts.js';
import { isFingerprint } from './hit-marks.js';

// What stands in the page without JavaScript is rendered at once by the browser, so it is bounded.
const maxGroups = 200;
const maxEndpoints = 50;
const linksAtOnce = 12;
const maxLinks = 10_000;
const maxText = 300;

/** Findings by rule and field. */
export interface FindingsView {
  readonly count: string;
  readonly any: boolean;
  readonly groups: readonly GroupView[];
  readonly more: string;
}

/** One rule on one field. */
export interface GroupView {
  readonly ruleId: string;
  readonly message: string;
  readonly severity: string;
  readonly paranoia: string;
  readonly tags: readonly string[];
  readonly variable: string;
  readonly example: string;
  /** What the example is: text that matched, or the shape of it. */
  readonly exampleKind: string;
  readonly cases: string;
  readonly endpoints: readonly EndpointView[];
  readonly more: string;
}

/** A finding: where the rule met the field. */
export interface EndpointView {
  readonly method: string;
  readonly path: string;
  readonly cases: string;
  /** Address of all its cases within the page. */
  readonly link: string;
  readonly links: readonly CaseLink[];
  /** Links that are folded away, and how many they are. */
  readonly others: readonly CaseLink[];
  readonly otherCount: string;
  /** How many cases only the list of cases shows. */
  readonly more: string;
}

/** A case and its address within the page. */
export interface CaseLink {
  readonly id: string;
  readonly link: string;
}

/** Prepares the findings for the templates. */
export function viewFindingGroups(report: RunReport): FindingsView {
  const groups = groupFindings(report);
  const links = Math.max(linksAtOnce, Math.floor(maxLinks / Math.max(1, report.findings.length)));
  return {
    count: formatCount(groups.length),
    any: groups.length > 0,
    groups: groups.slice(0, maxGroups).map((group) => viewGroup(group, links)),
    more: countOver(groups.length, maxGroups),
  };
}

function viewGroup(group: FindingGroup, links: number): GroupView {
  const { ruleId, message, variable, cases, findings, example } = group;
  return {
    ruleId: shownText(`${ruleId}`),
    message: shownText(message),
    severity: example?.severity?.toLowerCase() ?? '',
    paranoia: example?.paranoia === undefined ? '' : `${example.paranoia}`,
    tags: (example?.tags ?? []).map(shownText),
    variable: shownText(variable),
    example: shownText(example?.matched ?? ''),
    exampleKind: example !== undefined && isFingerprint(example) ? 'fingerprint' : 'matched',
    cases: plural(cases, 'case'),
    endpoints: findings.slice(0, maxEndpoints).map((finding) => viewEndpoint(finding, links)),
    more: countOver(findings.length, maxEndpoints),
  };
}

function viewEndpoint({ id, method, path, cases }: Finding, maxLinks: number): EndpointView {
  const links = cases.slice(0, maxLinks).map(viewLink);
  return {
    method: shownText(method),
    path: shownText(path),
    cases: plural(cases.length, 'case'),
    link: address('finding', id),
    links: links.slice(0, linksAtOnce),
    others: links.slice(linksAtOnce),
    otherCount: formatCount(Math.max(0, links.length - linksAtOnce)),
    more: countOver(cases.length, maxLinks),
  };
}

function viewLink(id: string): CaseLink {
  return { id: shownText(id), link: address('case', id) };
}

/** `#case=comments%2Fnames%231`: the script of the page reads the same. */
function address(key: 'case' | 'finding', value: string): string {
  return `#${new URLSearchParams([[key, value]])}`;
}

function shownText(text: string): string {
  return printable(text.length > maxText ? `${text.slice(0, maxText)}…` : text);
}

function countOver(length: number, limit: number): string {
  return length > limit ? formatCount(length - limit) : '';
}
