import { type Draft, linesOf, whenAny } from '../../../model/draft.js';
import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { readingActions, unreadActions } from './body-rules.js';
import { comment } from './comment.js';
import { compareText, explain, inOrder } from './explain.js';
import { pathCondition } from './paths.js';
import { hexPattern } from './patterns.js';
import type { EndpointBlock, EngineName, RuleNotes } from './rule-dialect.js';
import { runtimeRemovals } from './spelling.js';

/** What the number of an endpoint's rule follows from. */
export function endpointKey({ path, method }: ExclusionScope): string {
  return `${path} ${method ?? ''}`;
}

/**
 * One rule for each endpoint, with an action for each exclusion there. To be read before the Core Rule Set: it acts on
 * rules that come later in the same request.
 */
export function endpointBlocks(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  notes: RuleNotes,
): readonly EndpointBlock[] {
  return byEndpoint(exclusions).map(({ scope, group }) => {
    const actions: Draft = { list: groupActions(group, engines), between: ',' };
    const rule = endpointRule(scope, { number: endpointKey(scope) }, actions, engines);
    const text = [explainEndpoint(scope, group, notes, engines), rule, '\n'];
    return { exclusions: group, scopes: [scope], text };
  });
}

/** Blocks in a file, each between empty lines. */
export function apart(blocks: readonly EndpointBlock[]): Draft {
  return blocks.map(({ exclusions, text }) => whenAny(exclusions, ['\n', text, '\n']));
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
): Draft {
  return whenAny(group, [
    linesOf([comment(`${method ?? 'Any method'} ${path}`)]),
    ...group.map((exclusion) => whenAny([exclusion], linesOf(explain(exclusion, notes, engines)))),
  ]);
}

/** What one rule does for all exclusions of an endpoint. */
export function groupActions(group: readonly Exclusion[], engines: readonly EngineName[]): readonly Draft[] {
  return group.flatMap((exclusion) =>
    runtimeActions(exclusion, engines).map((action) => whenAny([exclusion], `\\\n        ${action}`)),
  );
}

/** `ctl` stands on the last link of the chain: on an earlier one mod_security2 runs it before the chain has matched. */
export function endpointRule(scope: ExclusionScope, id: Draft, actions: Draft, engines: readonly EngineName[]): Draft {
  const head = ['id:', id, ',phase:1,pass,t:none,nolog'];
  const path = `REQUEST_FILENAME "${pathCondition(scope.path ?? '/', engines)}"`;
  if (scope.method === undefined) return [`SecRule ${path} "`, head, ',', actions, '"'];
  return [
    [`SecRule REQUEST_METHOD "${methodCondition(scope.method)}" "`, head, ',chain"\n'],
    [`    SecRule ${path} "t:none,`, actions, '"'],
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
