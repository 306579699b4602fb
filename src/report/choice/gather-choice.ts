import type { Exclusion } from '../../model/exclusion.js';
import { matchesPath } from '../../model/path-template.js';
import type { CaseResult, Finding, StreamedReport } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';
import { answerSentences, decisionSentences, pricedPart } from '../decision-texts.js';
import { lossText } from '../exclusion-texts.js';
import type { ChoiceAttacks, ChoiceData, ChoiceExclusion, ClearedCases, ListedCases } from './choice-data.js';

const keyLength = 6;
const maxCases = 20;
const maxReasons = 3;
const maxExample = 200;

/** What the page needs so that some of the exclusions can be chosen; nothing where there are none, or nobody has proved them. */
export function gatherChoice(report: StreamedReport): ChoiceData | undefined {
  const { exclusions = [], verification, configurations = [], tool } = report;
  if (exclusions.length === 0 || verification === undefined) return undefined;
  const attacks = attacksOf(verification);
  return {
    exclusions: viewExclusions(report, exclusions, attacks),
    clearing: clearingOf(exclusions, report.findings, verification.cleared),
    stillBlocked: listed(verification.stillBlocked),
    attacks,
    answer: answerSentences(report).join(' '),
    decision: decisionSentences(report).join(' '),
    proof: proofText(verification),
    tool: `${tool.name} ${tool.version}`,
    dialects: configurations.flatMap(({ dialect, draft }) => (draft === undefined ? [] : [{ name: dialect, draft }])),
  };
}

type Verification = NonNullable<StreamedReport['verification']>;

function proofText({ engine, servers = [] }: Verification): string {
  return [...new Set([engine, ...servers.map((server) => server.engine)])].join('; ');
}

function attacksOf({ attacksLost, attacksBlockedBefore }: Verification): ChoiceAttacks {
  const names = attacksLost.map((text) => text.slice(0, Math.max(0, text.indexOf(': '))));
  const classes = [...new Set(names)];
  const places = new Map(classes.map((name, place) => [name, place]));
  return {
    lost: attacksLost.length,
    ...(attacksBlockedBefore !== undefined && { before: attacksBlockedBefore }),
    classes,
    classOf: names.map((name) => places.get(name) ?? 0),
  };
}

function viewExclusions(
  report: StreamedReport,
  exclusions: readonly Exclusion[],
  { classes }: ChoiceAttacks,
): readonly ChoiceExclusion[] {
  const keys = shortKeys(exclusions);
  const places = new Map(exclusions.map(({ id }, place) => [id, place]));
  const reasons = reasonsOf(exclusions, report);
  return exclusions.map((exclusion, place) => ({
    ...pricedPart(exclusion),
    key: keys[place] ?? exclusion.id,
    id: exclusion.id,
    rules: exclusion.ruleIds.join(', '),
    price: lossText(exclusion),
    wider: exclusion.widerBecause ?? '',
    cases: reasons(exclusion),
    examples: (exclusion.detectionLoss?.classes ?? []).map(({ className, example }) => [
      classes.indexOf(className),
      example.slice(0, maxExample),
    ]),
    beside: (exclusion.detectionLoss?.beside ?? []).flatMap((id) => places.get(id) ?? []),
    findings: exclusion.findings,
  }));
}

/** The beginning of each id, long enough to tell it from all others. */
function shortKeys(exclusions: readonly Exclusion[]): readonly string[] {
  const same = groupBy(exclusions, ({ id }) => id.slice(0, keyLength));
  return exclusions.map(({ id }) =>
    (same.get(id.slice(0, keyLength))?.length ?? 0) > 1 ? id : id.slice(0, keyLength),
  );
}

function reasonsOf(exclusions: readonly Exclusion[], { findings, results }: StreamedReport) {
  const casesOf = new Map(findings.map((finding) => [finding.id, finding.cases]));
  const ids = exclusions.map((one) => [...new Set(one.findings.flatMap((id) => casesOf.get(id) ?? []))]);
  const named = new Set(ids.flatMap((own) => own.slice(0, maxReasons)));
  const words = new Map<string, string>();
  for (const result of results) if (named.has(result.id)) words.set(result.id, reasonOf(result));
  const places = new Map(exclusions.map((one, place) => [one, place]));
  return (exclusion: Exclusion): ListedCases => {
    const own = ids[places.get(exclusion) ?? -1] ?? [];
    return { count: own.length, first: own.slice(0, maxReasons).map((id) => words.get(id) ?? id) };
  };
}

function reasonOf({ id, because, title }: CaseResult): string {
  const reason = because ?? title;
  return reason === undefined ? id : `${id}: ${reason}`;
}

function clearingOf(
  exclusions: readonly Exclusion[],
  findings: readonly Finding[],
  cleared: readonly string[],
): readonly ClearedCases[] {
  const needed = neededBy(exclusions, findings);
  return [...groupBy(cleared, (id) => JSON.stringify(needed(id)))].map(([needs, ids]) => ({
    needs: JSON.parse(needs),
    ...listed(ids),
  }));
}

function listed(ids: readonly string[]): ListedCases {
  return { count: ids.length, first: ids.slice(0, maxCases) };
}

/**
 * Which exclusions a case surely passes with: those for what was seen of it, and those at its endpoint for rules that only came
 * up behind others. Where rules see more of a body because of one of them, all that act there.
 */
function neededBy(exclusions: readonly Exclusion[], findings: readonly Finding[]): (id: string) => readonly number[] {
  const findingsOf = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const id of finding.cases) {
      const own = findingsOf.get(id);
      if (own === undefined) findingsOf.set(id, [finding]);
      else own.push(finding);
    }
  }
  const known = new Set(findings.map(({ ruleId }) => `${ruleId}`));
  return (id) => {
    const own = findingsOf.get(id) ?? [];
    const ids = new Set(own.map((finding) => finding.id));
    const acting = exclusions
      .map((one, place) => ({ one, place }))
      .filter(({ one }) => own.length === 0 || own.some((f) => actsOn(one, f)));
    const meant = acting.filter(({ one }) => one.findings.some((finding) => ids.has(finding)));
    const showsMore = meant.some(({ one }) => one.effect !== 'remove-target' && one.effect !== 'remove-rule');
    const needs = acting.filter(
      ({ one }) =>
        own.length === 0 ||
        showsMore ||
        meant.some((m) => m.one === one) ||
        one.ruleIds.some((rule) => !known.has(`${rule}`)),
    );
    return needs.map(({ place }) => place);
  };
}

function actsOn({ scope }: Exclusion, { method, path }: Finding): boolean {
  if (scope.method !== undefined && scope.method !== method) return false;
  return scope.path === undefined || scope.path === path || matchesPath(scope.path, path);
}
