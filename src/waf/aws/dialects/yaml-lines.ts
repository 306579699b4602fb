import { safeJson } from '../../../util/safe-json.js';
import { type ApiDraft, isApiList, isApiObject } from './api-draft.js';
import { chosenLines, type DraftLine } from './draft-lines.js';

/** A value as lines of block YAML. Texts are in double quotes, where JSON's escapes are YAML's (YAML 1.2, 5.7). */
export function yamlLines(value: ApiDraft, indent = ''): readonly DraftLine[] {
  if (isApiList(value) && value.length > 0)
    return value.flatMap((item) => chosenLines(item, (one) => listItem(one, indent)));
  if (isApiObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => chosenLines(inner, (one) => entry(key, one, indent)));
  }
  return [`${indent}${scalar(value)}`];
}

function listItem(item: ApiDraft, indent: string): readonly DraftLine[] {
  const [first = '', ...rest] = yamlLines(item, `${indent}  `);
  return typeof first === 'string' ? [`${indent}- ${first.trimStart()}`, ...rest] : [`${indent}-`, first, ...rest];
}

function entry(key: string, value: ApiDraft, indent: string): readonly DraftLine[] {
  const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isNested) return [`${indent}${key}: ${scalar(value)}`];
  return [`${indent}${key}:`, ...yamlLines(value, `${indent}  `)];
}

const plain = /^[A-Za-z_/][\w/.-]*$/;
const words = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: ApiDraft): string {
  return typeof value === 'string' && plain.test(value) && !words.test(value) ? value : safeJson(value);
}
