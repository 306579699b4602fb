import type { AclStatement, ManagedGroup } from '../acl/statement.js';
import type { AclRule, AclSource, WebAcl } from '../acl/web-acl.js';
import { compileStatement } from '../evaluate/compile-statement.js';
import { meetsCriterion } from '../evaluate/documented-criteria.js';
import type { InspectedRequest } from '../evaluate/inspected-request.js';
import { noLabels } from '../evaluate/labels.js';
import type { ObservedFacts, ObservedGroup } from '../evaluate/observed.js';
import { findManagedGroup } from '../managed/managed-groups.js';
import { noResources } from '../source/acl-document.js';
import { type Approximation, scriptPattern, sqlPattern } from './approximations.js';

/** Whether a request matches. */
type Ask = (request: InspectedRequest) => boolean;

/** Which rules of the managed groups of a web ACL match a request: by approximations and by documented criteria. */
export type MatchManaged = (request: InspectedRequest) => ObservedFacts;

/** Makes the approximations ready that a web ACL needs. */
export function managedMatcher(
  { rules }: Pick<WebAcl, 'rules'>,
  approximations: readonly Approximation[],
): MatchManaged {
  const groups = new Map(
    rules.flatMap(({ statement }) => (statement.kind === 'managed-group' ? [named(statement)] : [])),
  );
  const asks = [...groups].map(([name, group]) => [name, rulesOf(name, group, approximations)] as const);
  return (request) => ({ groups: new Map(asks.map(([name, ofGroup]) => [name, matchedBy(ofGroup, request)])) });
}

function named(group: ManagedGroup): readonly [string, ManagedGroup] {
  return [`${group.vendor}#${group.name}`, group];
}

type AskRule = readonly [rule: string, ask: Ask];

function matchedBy(asks: readonly AskRule[], request: InspectedRequest): ObservedGroup {
  return { matched: asks.flatMap(([rule, ask]) => (ask(request) ? [rule] : [])), isComplete: true };
}

/** In the order in which they are published, and then what is not. */
function rulesOf(
  name: string,
  { vendor, name: group }: ManagedGroup,
  all: readonly Approximation[],
): readonly AskRule[] {
  const given = new Map(
    all.flatMap((one) =>
      one.rule.startsWith(`${name}#`) ? [[one.rule.slice(name.length + 1), ask(one)] as const] : [],
    ),
  );
  const rules = findManagedGroup(vendor, group)?.rules.filter(({ age }) => age !== 'expired') ?? [];
  const published = rules.flatMap((rule): readonly AskRule[] => {
    const own = given.get(rule.name);
    if (own !== undefined) return [[rule.name, own]];
    return rule.criterion === undefined ? [] : [[rule.name, (request) => meetsCriterion(rule, request) === true]];
  });
  const others = [...given].filter(([rule]) => rules.every((one) => one.name !== rule));
  return [...published, ...others];
}

function ask({ pattern, inspect }: Approximation): Ask {
  const matches = compileStatement(
    { kind: 'regex-match', pattern, inspect },
    { resources: noResources, labelPrefix: '' },
  );
  return (request) => matches(request, noLabels).kind === 'match';
}

/** A web ACL with patterns in the place of detectors that AWS does not publish. */
export function withoutDetectors({ acl, resources }: Pick<AclSource, 'acl' | 'resources'>) {
  const ruleGroups = new Map(
    [...resources.ruleGroups].map(([ref, group]) => [ref, { ...group, rules: group.rules.map(approximated) }]),
  );
  return { acl: { ...acl, rules: acl.rules.map(approximated) }, resources: { ...resources, ruleGroups } };
}

function approximated(rule: AclRule): AclRule {
  return { ...rule, statement: plain(rule.statement) };
}

function plain(statement: AclStatement): AclStatement {
  switch (statement.kind) {
    case 'sqli':
    case 'xss': {
      const { field, preParse, transformations } = statement.inspect;
      const inspect = { field, preParse, transformations: [...transformations, 'LOWERCASE'] };
      return { kind: 'regex-match', pattern: statement.kind === 'sqli' ? sqlPattern : scriptPattern, inspect };
    }
    case 'and':
    case 'or':
      return { ...statement, statements: statement.statements.map(plain) };
    case 'not':
      return { ...statement, statement: plain(statement.statement) };
    case 'rate':
    case 'managed-group':
      return statement.scopeDown === undefined ? statement : { ...statement, scopeDown: plain(statement.scopeDown) };
    default:
      return statement;
  }
}
