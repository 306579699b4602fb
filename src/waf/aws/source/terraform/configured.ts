import {
  deepestSource,
  isSourceList,
  isSourceObject,
  memberOf,
  type SourceObject,
  type SourceValue,
} from '../source-value.js';
import { unknownAtDeployment } from '../unknown-at-deployment.js';

/** The ARN of a set or group: `aws_wafv2_ip_set.office.arn`, `aws_wafv2_ip_set.office[0].arn`. */
const arnOfResource = /^(?:aws_wafv2_(?:ip_set|regex_pattern_set|rule_group)\.[\w-]+(?:\[[^\]]{1,200}\])?)(?=\.arn$)/;

/**
 * Values of a plan, with what it leaves out because only the deployment will know it, as the configuration of Terraform
 * has it: the address of a set or group of the same module where its ARN is missing, and otherwise what it depends on.
 */
export function configured(values: SourceObject, expressions: SourceObject, module: string): SourceObject {
  return fill(values, expressions, module, 0);
}

function fill(values: SourceObject, expressions: SourceObject, module: string, depth: number): SourceObject {
  if (depth > deepestSource) return values;
  const filled = Object.entries(expressions).flatMap(([key, expression]): [string, SourceValue][] => {
    const value = memberOf(values, key);
    const references = referencesOf(expression);
    if (references !== undefined) return value === undefined ? [[key, referred(references, module)]] : [];
    if (!isSourceList(value) || !isSourceList(expression)) return [];
    return [[key, value.map((item, index) => fillItem(item, partner(key, item, index, expression), module, depth))]];
  });
  return { ...values, ...Object.fromEntries(filled) };
}

function fillItem(item: SourceValue, expression: SourceValue | undefined, module: string, depth: number): SourceValue {
  return isSourceObject(item) && isSourceObject(expression) ? fill(item, expression, module, depth + 1) : item;
}

/** Rules come in no order: a rule is found by its name, or by its priority. Other blocks keep theirs. */
function partner(key: string, item: SourceValue, index: number, expressions: readonly SourceValue[]) {
  if (key !== 'rule' || !isSourceObject(item)) return expressions[index];
  const by = (name: string) =>
    expressions.find((it) => constantOf(it, name) !== undefined && constantOf(it, name) === item[name]);
  return by('name') ?? by('priority');
}

function constantOf(expressions: SourceValue, key: string): SourceValue | undefined {
  const expression = isSourceObject(expressions) ? memberOf(expressions, key) : undefined;
  return isSourceObject(expression) ? memberOf(expression, 'constant_value') : undefined;
}

function referencesOf(expression: SourceValue): readonly string[] | undefined {
  const references = isSourceObject(expression) ? memberOf(expression, 'references') : undefined;
  return isSourceList(references) ? references.filter((it) => typeof it === 'string') : undefined;
}

/** Terraform lists what an expression refers to, each before the resource that it is of. */
function referred(references: readonly string[], module: string): SourceValue {
  const [first = 'an expression', ...others] = references;
  const address = arnOfResource.exec(first)?.[0];
  const isAlone = others.every((other) => first.startsWith(other));
  return address !== undefined && isAlone ? `${module}${address}` : unknownAtDeployment(first);
}
