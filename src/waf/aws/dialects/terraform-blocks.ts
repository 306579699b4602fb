import { type ApiDraft, type ApiDraftObject, isApiList, isApiObject, isChoice } from './api-draft.js';
import { chosenLines, type DraftLine } from './draft-lines.js';

/** Lists of objects that the provider takes as a block each, and what it calls them. */
const repeated: Readonly<Record<string, string>> = {
  Statements: 'statement',
  TextTransformations: 'text_transformation',
  PreParseTextTransformations: 'pre_parse_text_transformation',
  RuleActionOverrides: 'rule_action_override',
  RuleLabels: 'rule_label',
  InsertHeaders: 'insert_header',
  ResponseHeaders: 'response_header',
};

const renamed: Readonly<Record<string, string>> = {
  ...repeated,
  ARN: 'arn',
  CloudWatchMetricsEnabled: 'cloudwatch_metrics_enabled',
  JA3Fingerprint: 'ja3_fingerprint',
  JA4Fingerprint: 'ja4_fingerprint',
};

/** An object of the API as the arguments and blocks of the AWS provider for Terraform (`aws_wafv2_web_acl`). */
function terraformLines(object: ApiDraftObject, indent = ''): readonly DraftLine[] {
  const scalars = Object.entries(object).filter(([, value]) => !isBlock(value));
  const width = Math.max(0, ...scalars.map(([key]) => nameOf(key).length));
  const blocks = Object.entries(object).filter(([, value]) => isBlock(value));
  return [
    ...scalars.map(([key, value]) => `${indent}${nameOf(key).padEnd(width)} = ${literal(textOf(key, value))}`),
    ...blocks.flatMap(([key, value]) => block(nameOf(key), value, indent)),
  ];
}

/** One block with what is in it; of a list, one for each item. */
export function block(name: string, value: ApiDraft, indent = ''): readonly DraftLine[] {
  return chosenLines(value, (chosen) => {
    if (isApiList(chosen)) return chosen.flatMap((item) => block(name, item, indent));
    const inner = isApiObject(chosen) ? terraformLines(chosen, `${indent}  `) : [];
    return inner.length === 0 ? [`${indent}${name} {}`] : [`${indent}${name} {`, ...inner, `${indent}}`];
  });
}

/** A text in quotes, in which no template begins (HCL native syntax, "Template expressions"). */
function hclString(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replace(/([$%])\{/g, '$1$1{');
  return `"${escaped}"`;
}

function nameOf(key: string): string {
  return (
    renamed[key] ??
    key
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
      .toLowerCase()
  );
}

function isBlock(value: ApiDraft): boolean {
  return isApiObject(value) || isChoice(value) || (isApiList(value) && value.every(isBlock));
}

/** The provider takes what is searched for as text. */
function textOf(key: string, value: ApiDraft): ApiDraft {
  return key === 'SearchString' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value;
}

function literal(value: ApiDraft): string {
  if (typeof value === 'string') return hclString(value);
  if (isApiList(value)) return `[${value.map((one) => literal(one)).join(', ')}]`;
  return String(value);
}
