import type { Dialect, DialectNotes } from '../../../contract/dialect.js';
import { formatVariable } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { comment } from './comment.js';
import { assignRuleIds } from './rule-id-range.js';
import { configureTimeObstacle, exactTarget, hexPattern, runtimeObstacle } from './spelling.js';

/** The Core Rule Set's own pair of files for exclusions (its directory `rules/`, files 900 and 999). */
const files = {
  before: 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
  after: 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
};

/** Exclusions as libmodsecurity 3 and mod_security2 read them, in the two files that are included around the rules. */
export const modsecurityDialect: Dialect = {
  name: 'modsecurity',
  obstacle: ({ variable, scope }) => {
    if (variable === undefined) return scope.path === undefined ? 'removing a rule everywhere is too broad' : undefined;
    return scope.path === undefined ? configureTimeObstacle(variable) : runtimeObstacle(variable);
  },
  write: (exclusions, notes) => [
    { name: files.before, content: beforeFile(exclusions.filter(isScoped), notes) },
    {
      name: files.after,
      content: afterFile(
        exclusions.filter((one) => !isScoped(one)),
        notes,
      ),
    },
  ],
};

function isScoped({ scope }: Exclusion): boolean {
  return scope.path !== undefined;
}

function beforeFile(exclusions: readonly Exclusion[], notes: DialectNotes): string {
  const endpoints = [...groupBy(exclusions, endpointOf)].sort(([a], [b]) => compareText(a, b));
  const ids = assignRuleIds(
    endpoints.map(([endpoint]) => endpoint),
    notes.firstId,
  );
  return [
    ...head('Exclusions for single endpoints. To be included before the Core Rule Set.', notes),
    ...endpoints.flatMap(([endpoint, group]) => endpointRule(group, ids.get(endpoint) ?? notes.firstId, notes)),
  ].join('\n');
}

function endpointOf({ scope }: Exclusion): string {
  return `${scope.path} ${scope.method}`;
}

/** `ctl` stands on the last link of the chain: on an earlier one mod_security2 runs it before the chain has matched. */
function endpointRule(group: readonly Exclusion[], id: number, notes: DialectNotes): readonly string[] {
  const [{ scope = {} } = {}] = group;
  const sorted = [...group].sort((a, b) => compareText(targetText(a), targetText(b)));
  const actions = group.flatMap(runtimeActions).sort(compareText);
  const condition = pathCondition(scope.path ?? '/');
  return [
    '',
    comment(`${scope.method ?? 'any method'} ${scope.path}`),
    ...sorted.flatMap((exclusion) => explain(exclusion, notes)),
    `SecRule REQUEST_METHOD "@streq ${scope.method}" "id:${id},phase:1,pass,t:none,nolog,chain"`,
    `    SecRule REQUEST_FILENAME "${condition}" "t:none,${actions.map((action) => `\\\n        ${action}`).join(',')}"`,
    '',
  ];
}

function runtimeActions({ effect, ruleIds, variable }: Exclusion): readonly string[] {
  if (effect === 'remove-rule' || variable === undefined) return ruleIds.map((id) => `ctl:ruleRemoveById=${id}`);
  return ruleIds.map((id) => `ctl:ruleRemoveTargetById=${id};${formatVariable(variable)}`);
}

/** `@streq` for plain paths; what configuration would read as its own syntax is spelled in hexadecimal. */
function pathCondition(path: string): string {
  return /^[\w/.~-]+$/.test(path) ? `@streq ${path}` : `@rx \\A${hexPattern(decodePath(path))}\\z`;
}

/** `REQUEST_FILENAME` is percent-decoded in libmodsecurity 3. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function afterFile(exclusions: readonly Exclusion[], notes: DialectNotes): string {
  const sorted = [...exclusions].sort((a, b) => compareText(a.id, b.id));
  return [
    ...head('Exclusions that apply to every request. To be included after the Core Rule Set.', notes),
    ...sorted.flatMap((exclusion) => ['', ...explain(exclusion, notes), ...configureTimeLines(exclusion), '']),
  ].join('\n');
}

function configureTimeLines({ ruleIds, variable }: Exclusion): readonly string[] {
  if (variable === undefined) return ruleIds.map((id) => `SecRuleRemoveById ${id}`);
  return ruleIds.map((id) => `SecRuleUpdateTargetById ${id} "!${exactTarget(variable)}"`);
}

function head(what: string, { engine }: DialectNotes): readonly string[] {
  return [comment(what), comment(`Written by Wafproof and verified on ${engine}.`), ''];
}

function explain(exclusion: Exclusion, notes: DialectNotes): readonly string[] {
  const { ruleIds, findings, widerBecause, detectionLoss } = exclusion;
  const cases = [...new Set(findings.flatMap((finding) => notes.reasons.get(finding) ?? []))];
  return [
    comment(`  ${targetText(exclusion)} is not looked at by ${ruleIds.join(', ')}`),
    ...cases.slice(0, 3).map((text) => comment(`    for ${text}`)),
    ...(cases.length > 3 ? [comment(`    and ${cases.length - 3} more cases`)] : []),
    ...(widerBecause === undefined ? [] : [comment(`    wider than a named field of one endpoint: ${widerBecause}`)]),
    ...(detectionLoss === undefined
      ? []
      : [comment(`    costs ${detectionLoss.lost} of ${detectionLoss.blockedBefore} attacks`)]),
  ];
}

function targetText({ variable }: Exclusion): string {
  return variable === undefined ? 'every variable' : formatVariable(variable);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
