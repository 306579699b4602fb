import type { JsonValue } from '../../../model/request.js';
import { safeJson } from '../../../util/safe-json.js';

/** A value as lines of block YAML. Texts are in double quotes, where JSON's escapes are YAML's (YAML 1.2, 5.7). */
export function yamlLines(value: JsonValue, indent = ''): readonly string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = yamlLines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => entry(key, inner, indent));
  }
  return [`${indent}${scalar(value)}`];
}

function entry(key: string, value: JsonValue, indent: string): readonly string[] {
  const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isNested) return [`${indent}${key}: ${scalar(value)}`];
  return [`${indent}${key}:`, ...yamlLines(value, `${indent}  `)];
}

const plain = /^[A-Za-z_/][\w/.-]*$/;
const words = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: JsonValue): string {
  return typeof value === 'string' && plain.test(value) && !words.test(value) ? value : safeJson(value);
}
