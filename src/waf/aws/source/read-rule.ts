import type { AclStatement } from '../acl/statement.js';
import type { AclRule, GroupOverride, Visibility } from '../acl/web-acl.js';
import { listIn, numberIn, onlyKeyOf, optionalFlagIn, optionalTextIn, textIn } from './parts.js';
import { readAction } from './read-action.js';
import { readStatement } from './read-statement.js';
import type { SearchEncoding } from './search-string.js';
import {
  isSourceList,
  isSourceObject,
  memberOf,
  type SourceObject,
  type SourceValue,
  Unresolved,
} from './source-value.js';

/** What reading rules needs to know of their document. */
export interface RuleContext {
  readonly encoding: SearchEncoding;
  /** Where a rule stands, by its index in the list and its name. */
  readonly placeOf: (index: number, name: string) => string;
}

/** Reads a list of rules, and puts them in the order in which they are evaluated. */
export function readRules(value: SourceValue | undefined, context: RuleContext): readonly AclRule[] {
  if (value === undefined) return [];
  if (!isSourceList(value)) return [unknownRule('Rules', value, context)];
  return value.map((rule, index) => readRule(rule, index, context)).toSorted((a, b) => a.priority - b.priority);
}

/** Reads one rule; the list of rules may hold what only the deployment makes into rules. */
function readRule(value: SourceValue, index: number, context: RuleContext): AclRule {
  if (!isSourceObject(value)) return unknownRule(`rule ${index + 1}`, value, context, index);
  const name = nameOf(value, index);
  const priority = numberIn(value, 'Priority');
  const read = readStatement(memberOf(value, 'Statement'), { encoding: context.encoding, depth: 0 });
  return {
    name,
    priority: priority instanceof Unresolved ? -1 : priority,
    statement: priority instanceof Unresolved ? unplaced(priority) : read,
    ...readDecision(value, read),
    ...readLabels(value),
    visibility: readVisibility(value),
    place: context.placeOf(index, name),
  };
}

/** Reads `VisibilityConfig`. */
export function readVisibility(object: SourceObject): Visibility {
  const config = memberOf(object, 'VisibilityConfig');
  if (!isSourceObject(config)) return {};
  const metric = optionalTextIn(config, 'MetricName');
  const measured = optionalFlagIn(config, 'CloudWatchMetricsEnabled');
  const sampled = optionalFlagIn(config, 'SampledRequestsEnabled');
  return {
    ...(typeof metric === 'string' && { metric }),
    ...(measured !== undefined && { measured }),
    ...(sampled !== undefined && { sampled }),
  };
}

function nameOf(rule: SourceObject, index: number): string {
  const name = textIn(rule, 'Name');
  return name instanceof Unresolved ? (name.text ?? `rule ${index + 1}`) : name;
}

/** It may be any rule, at any place, with any labels. */
function unknownRule(name: string, value: SourceValue, context: RuleContext, index = 0): AclRule {
  const why = value instanceof Unresolved ? value.why : 'it is no rule';
  return {
    name: value instanceof Unresolved ? (value.text ?? name) : name,
    priority: -1,
    statement: { kind: 'unknown', why },
    action: { kind: 'unknown', why },
    labels: [],
    hasUnknownLabels: true,
    visibility: {},
    place: context.placeOf(index, name),
  };
}

function unplaced({ why }: Unresolved): AclStatement {
  return { kind: 'unknown', why: `where the rule stands is not known: ${why}` };
}

/** What a rule does, or what it does with what a group decides: one of the two, as its statement asks. */
function readDecision(rule: SourceObject, statement: AclStatement): Pick<AclRule, 'action' | 'override'> {
  const action = memberOf(rule, 'Action');
  const override = memberOf(rule, 'OverrideAction');
  if (action !== undefined && override !== undefined) return both(statement);
  if (override !== undefined || isGroup(statement)) return { override: readGroupOverride(override) };
  return { action: readAction(action) };
}

function both(statement: AclStatement): Pick<AclRule, 'action' | 'override'> {
  const why = 'Action and OverrideAction are both there, and only one can be';
  return isGroup(statement) ? { override: 'unknown' } : { action: { kind: 'unknown', why } };
}

function isGroup({ kind }: AclStatement): boolean {
  return kind === 'managed-group' || kind === 'rule-group';
}

function readGroupOverride(value: SourceValue | undefined): GroupOverride {
  const key = isSourceObject(value) ? onlyKeyOf(value, 'OverrideAction') : undefined;
  return key === 'None' ? 'none' : key === 'Count' ? 'count' : 'unknown';
}

function readLabels(rule: SourceObject): Pick<AclRule, 'labels' | 'hasUnknownLabels'> {
  const list = listIn(rule, 'RuleLabels');
  if (list instanceof Unresolved) return { labels: [], hasUnknownLabels: true };
  const names = list.map((label) => (isSourceObject(label) ? textIn(label, 'Name') : undefined));
  const labels = names.filter((name) => typeof name === 'string');
  return { labels, ...(labels.length < names.length && { hasUnknownLabels: true as const }) };
}
