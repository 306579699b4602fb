import type { JsonValue } from '../../../../src/model/request.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { readAclFiles } from '../../../../src/waf/aws/source/read-acl-files.js';

/** What is read of files with these texts; where a text is a value, its JSON is the file. */
export async function readTexts(
  texts: Readonly<Record<string, string | JsonValue>>,
  names = Object.keys(texts),
): Promise<AclSource> {
  return readAclFiles(names, async (file) => {
    const text = texts[file];
    if (text === undefined) return { kind: 'missing' };
    return { kind: 'read', text: typeof text === 'string' ? text : JSON.stringify(text) };
  });
}

/** One rule of the API with the statement, and what else it has. */
export function apiRule(statement: JsonValue, rest: Readonly<Record<string, JsonValue>> = {}) {
  const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'r' };
  return { Name: 'r', Priority: 1, Action: { Block: {} }, Statement: statement, VisibilityConfig: visibility, ...rest };
}

/** The answer of `aws wafv2 get-web-acl` with these rules. */
export function apiAnswer(rules: readonly JsonValue[], rest: Readonly<Record<string, JsonValue>> = {}) {
  const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b';
  const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'shop' };
  const acl = { Name: 'shop', Id: '0a1b', ARN: arn, DefaultAction: { Allow: {} }, VisibilityConfig: visibility };
  return { WebACL: { ...acl, Rules: rules, ...rest }, LockToken: '11112222-3333-4444-5555-666677778888' };
}

/** A byte match on the path. */
export function pathIs(search: string): JsonValue {
  return {
    ByteMatchStatement: {
      SearchString: search,
      FieldToMatch: { UriPath: {} },
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
      PositionalConstraint: 'EXACTLY',
    },
  };
}
