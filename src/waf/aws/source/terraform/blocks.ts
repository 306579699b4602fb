import { apiKey } from '../api-keys.js';
import { quoted } from '../parts.js';
import {
  deepestSource,
  isSourceList,
  isSourceObject,
  type SourceObject,
  type SourceValue,
  Unresolved,
} from '../source-value.js';

/** Blocks of which there may be several, and the lists of the API that they make up. */
const lists: Readonly<Record<string, string>> = {
  text_transformation: 'TextTransformations',
  pre_parse_text_transformation: 'PreParseTextTransformations',
  rule: 'Rules',
  rule_action_override: 'RuleActionOverrides',
  excluded_rule: 'ExcludedRules',
  rule_label: 'RuleLabels',
  custom_key: 'CustomKeys',
  managed_rule_group_configs: 'ManagedRuleGroupConfigs',
  insert_header: 'InsertHeaders',
  response_header: 'ResponseHeaders',
  regular_expression: 'RegularExpressionList',
};

/**
 * What blocks of the AWS provider say, in the shape of the API. Every block is a list, of one where there can be one only,
 * and of none where it is absent; an empty text is one that is not set.
 */
export function apiShape(block: SourceObject, parent = '', depth = 0): SourceObject {
  const members = Object.entries(withDynamic(block, parent)).map(([name, value]) => [
    listKey(name, parent) ?? apiKey(name),
    memberShape(name, value, parent, depth + 1),
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== null));
}

/** What blocks `dynamic` makes is known at deployment only; of lists, the others are known all the same. */
function withDynamic({ dynamic, ...block }: SourceObject, parent: string): SourceObject {
  if (!isSourceObject(dynamic)) return block;
  const made = Object.keys(dynamic).map((name) => {
    const unknown = new Unresolved(`"dynamic" makes blocks ${quoted(name)} at deployment`, `dynamic ${name}`);
    const written = block[name];
    if (isSourceList(written)) return [name, [...written, unknown]] as const;
    return [name, listKey(name, parent) === undefined ? unknown : [unknown]] as const;
  });
  return { ...block, ...Object.fromEntries(made) };
}

function listKey(name: string, parent: string): string | undefined {
  if (name === 'statement') return parent === 'and_statement' || parent === 'or_statement' ? 'Statements' : undefined;
  return Object.hasOwn(lists, name) ? lists[name] : undefined;
}

function memberShape(name: string, value: SourceValue, parent: string, depth: number): SourceValue {
  if (depth > deepestSource) return new Unresolved('it is nested too deep');
  if (value === '' || value instanceof Unresolved) return value === '' ? null : value;
  if (isSourceObject(value)) return apiShape(value, name, depth);
  if (!isSourceList(value)) return value;
  if (value.length === 0) return null;
  if (listKey(name, parent) !== undefined) return value.map((item) => itemShape(item, name, depth));
  return value.every(isBlock) ? singleShape(name, value, depth) : value;
}

function singleShape(name: string, blocks: readonly SourceValue[], depth: number): SourceValue {
  const [block = null] = blocks;
  if (blocks.length > 1) return new Unresolved(`there are ${blocks.length} blocks ${quoted(name)}, and can be one`);
  return itemShape(block, name, depth);
}

function itemShape(item: SourceValue, name: string, depth: number): SourceValue {
  if (item === null) return {};
  return isSourceObject(item) ? apiShape(item, name, depth) : item;
}

/** An empty block may be told as null. */
function isBlock(value: SourceValue): boolean {
  return value === null || isSourceObject(value);
}
