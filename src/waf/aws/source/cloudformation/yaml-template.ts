import type { JsonValue } from '../../../../model/request.js';
import type { YamlNode } from '../../../../yaml/yaml-node.js';

/** A YAML template as the JSON that it stands for: `!GetAtt Office.Arn` is `{"Fn::GetAtt": ["Office", "Arn"]}`. */
export function yamlTemplate(node: YamlNode): JsonValue {
  const value = nodeValue(node);
  if (node.tag === undefined) return value;
  if (node.tag === 'Ref' || node.tag === 'Condition') return { [node.tag]: value };
  return { [`Fn::${node.tag}`]: node.tag === 'GetAtt' && typeof value === 'string' ? attributePath(value) : value };
}

function nodeValue(node: YamlNode): JsonValue {
  if (node.kind === 'sequence') return node.items.map(yamlTemplate);
  if (node.kind === 'scalar') return node.tag === undefined ? scalar(node.text, node.value) : node.text;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, yamlTemplate(value)]));
}

/** CloudFormation takes `0123` for a text and `1e3` for a number; what is no plain number stays as it is written. */
function scalar(text: string, value: string | number | boolean | null): JsonValue {
  return typeof value === 'number' && String(value) !== text ? text : value;
}

function attributePath(path: string): readonly string[] {
  const dot = path.lastIndexOf('.');
  return dot === -1 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}
