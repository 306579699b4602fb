import type { Dialect } from '../../../contract/dialect.js';
import type { JsonValue } from '../../../model/request.js';
import { safeJson } from '../../../util/safe-json.js';
import type { AclSource } from '../acl/web-acl.js';
import { changeToApi } from './change-api.js';
import { changeWriter } from './change-file.js';
import { cdkObject, cloudFormationObject } from './cloudformation-shape.js';
import { changeObstacle } from './obstacles.js';

const name = 'wafproof-rules.ts';

const what = [
  'Rules of a CfnWebACL of the AWS CDK. A rule that is new is here as a whole. Of a rule that is there already, only what is new is',
  'here, under the keys that it belongs under: put it beside what the rule has.',
];

/** Properties for the CDK's `CfnWebACL`, in TypeScript. */
export function cdkDialect(source: AclSource): Dialect {
  return {
    name: 'cdk',
    obstacle: (exclusion) => changeObstacle(exclusion, source),
    write: changeWriter(source, {
      name,
      what,
      comment: '//',
      linesOf: (change) => literalLines(cdkObject(cloudFormationObject(changeToApi(change))), '  ', ','),
      around: { first: 'export const wafproofRules = [', last: '];', indent: '  ' },
    }),
  };
}

/** A value as an object literal. */
function literalLines(value: JsonValue, indent: string, end: string): readonly string[] {
  if (Array.isArray(value) && value.length > 0) {
    return [`${indent}[`, ...value.flatMap((item) => literalLines(item, `${indent}  `, ',')), `${indent}]${end}`];
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const [first = '', ...rest] = literalLines(inner, `${indent}  `, ',');
      return [`${indent}  ${key}: ${first.trimStart()}`, ...rest];
    });
    return [`${indent}{`, ...entries, `${indent}}${end}`];
  }
  return [`${indent}${safeJson(value)}${end}`];
}
