import type { Dialect } from '../../../contract/dialect.js';
import type { AclSource } from '../acl/web-acl.js';
import { changeToApi } from './change-api.js';
import { changeWriter } from './change-file.js';
import { cloudFormationObject } from './cloudformation-shape.js';
import { changeObstacle } from './obstacles.js';
import { yamlLines } from './yaml-lines.js';

const name = 'wafproof-rules.yaml';

const what = [
  'Items for Rules of AWS::WAFv2::WebACL. A rule that is new is here as a whole. Of a rule that is there already, only what is new is',
  'here, under the keys that it belongs under: put it beside what the rule has.',
];

/** Rules for a CloudFormation template. */
export function cloudFormationDialect(source: AclSource): Dialect {
  return {
    name: 'cloudformation',
    obstacle: (exclusion) => changeObstacle(exclusion, source),
    write: changeWriter(source, {
      name,
      what,
      comment: '#',
      linesOf: (change) => yamlLines([cloudFormationObject(changeToApi(change))]),
      nothing: '[]',
    }),
  };
}
