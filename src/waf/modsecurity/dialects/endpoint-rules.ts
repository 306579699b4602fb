import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { readingActions, unreadActions } from './body-rules.js';
import { comment } from './comment.js';
import { compareText, explain, inOrder } from './explain.js';
import { pathCondition } from './paths.js';
import { hexPattern } from './patterns.js';
import type { EndpointBlock, EngineName, RuleNotes } from './rule-dialect.js';
import { assignRuleIds } from './rule-id-range.js';
import { runtimeRemovals } from './spelling.js';

/** What the number of an endpoint's rule follows from. */
export function endpointKey({ path, method }: ExclusionScope): string {
  return `${path} ${method ?? ''}`;
}

/**
 * One rule for each endpoint, with an action for each exclusion there. To be read before the Core Rule Set: it acts on
 * rules that come later in the same request.
 * @param ids numbers of the rules by `endpointKey`
 */
export function endpointBlocks(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  notes: RuleNotes,
  ids = endpointIds(exclusions, notes),
): readonly EndpointBlock[] {
  return byEndpoint(exclusions).map(({ scope, group }) => {
    const id = ids.get(endpointKey(scope)) ?? notes.firstId;
    const rule = endpointRule(scope, id, groupActions(group, engines), engines);
    return {
      scopes: [scope],
      lines: [...explainEndpoint(scope, group, notes, engines), ...rule].flatMap((text) => text.split('\n')),
    };
  });
}

/** Blocks as lines of a file, each between empty lines. */
export function linesOf(blocks: readonly EndpointBlock[]): readonly string[] {
  return blocks.flatMap(({ lines }) => ['', ...lines, '']);
}

/** Exclusions with the endpoint that they are for, in a stable order. */
export function byEndpoint(exclusions: readonly Exclusion[]) {
  return [...groupBy(exclusions, ({ scope }) => endpointKey(scope))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => ({ scope: group[0]?.scope ?? {}, group: inOrder(group) }));
}

export function explainEndpoint(
  { path, method }: ExclusionScope,
  group: readonly Exclusion[],
  notes: RuleNotes,
  engines: readonly EngineName[],
): readonly string[] {
  return [
    comment(`${method ?? 'Any method'} ${path}`),
    ...group.flatMap((exclusion) => explain(exclusion, notes, engines)),
  ];
}

/** What one rule does for all exclusions of an endpoint; nothing twice. */
export function groupActions(group: readonly Exclusion[], engines: readonly EngineName[]): readonly string[] {
  return [...new Set(group.flatMap((exclusion) => runtimeActions(exclusion, engines)))];
}

/** Numbers for the rules of endpoints, and for other rules of the same files. */
export function endpointIds(
  exclusions: readonly Exclusion[],
  { firstId }: RuleNotes,
  others: readonly string[] = [],
): ReadonlyMap<string, number> {
  return assignRuleIds([...exclusions.map(({ scope }) => endpointKey(scope)), ...others], firstId);
}

/** `ctl` stands on the last link of the chain: on an earlier one mod_security2 runs it before the chain has matched. */
export function endpointRule(
  scope: ExclusionScope,
  id: number,
  actions: readonly string[],
  engines: readonly EngineName[],
): readonly string[] {
  const list = actions.map((action) => `\\\n        ${action}`).join(',');
  const head = `id:${id},phase:1,pass,t:none,nolog`;
  const path = `REQUEST_FILENAME "${pathCondition(scope.path ?? '/', engines)}"`;
  if (scope.method === undefined) return [`SecRule ${path} "${head},${list}"`];
  return [
    `SecRule REQUEST_METHOD "${methodCondition(scope.method)}" "${head},chain"`,
    `    SecRule ${path} "t:none,${list}"`,
  ];
}

function methodCondition(method: string): string {
  return /^[A-Za-z]+$/.test(method) ? `@streq ${method}` : `@rx \\A${hexPattern(method)}\\z`;
}

/** The actions of a rule that runs for the requests that an exclusion is for. */
function runtimeActions(exclusion: Exclusion, engines: readonly EngineName[]): readonly string[] {
  const { ruleIds } = exclusion;
  switch (exclusion.effect) {
    case 'change-setting':
      return [`setvar:'tx.${exclusion.setting.name}=${exclusion.setting.value}'`];
    case 'remove-rule':
      return ruleIds.map((id) => `ctl:ruleRemoveById=${id}`);
    case 'remove-target':
      return ruleIds.flatMap((id) => runtimeRemovals(id, exclusion, engines));
    case 'read-body-as':
      return readingActions(exclusion, engines);
    case 'leave-body-unread':
      return unreadActions(ruleIds);
    default:
      return [];
  }
}
