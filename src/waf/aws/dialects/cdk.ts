import type { Dialect } from '../../../contract/dialect.js';
import { safeJson } from '../../../util/safe-json.js';
import type { AclSource } from '../acl/web-acl.js';
import { type ApiDraft, isApiList, isApiObject } from './api-draft.js';
import { changeToApi } from './change-api.js';
import { changeWriter } from './change-file.js';
import { cdkObject, cloudFormationObject } from './cloudformation-shape.js';
import { chosenLines, type DraftLine } from './draft-lines.js';
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
function literalLines(value: ApiDraft, indent: string, end: string): readonly DraftLine[] {
  if (isApiList(value) && value.length > 0) {
    const items = value.flatMap((item) => chosenLines(item, (one) => literalLines(one, `${indent}  `, ',')));
    return [`${indent}[`, ...items, `${indent}]${end}`];
  }
  if (isApiObject(value) && Object.keys(value).length > 0) {
    const entries = Object.entries(value).flatMap(([key, inner]) =>
      chosenLines(inner, (one) => property(key, one, `${indent}  `)),
    );
    return [`${indent}{`, ...entries, `${indent}}${end}`];
  }
  return [`${indent}${safeJson(value)}${end}`];
}

function property(key: string, value: ApiDraft, indent: string): readonly DraftLine[] {
  const [first = '', ...rest] = literalLines(value, indent, ',');
  return [typeof first === 'string' ? `${indent}${key}: ${first.trimStart()}` : first, ...rest];
}
