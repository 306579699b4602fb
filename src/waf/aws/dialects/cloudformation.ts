import type { Dialect } from '../../../contract/dialect.js';
import type { AclSource } from '../acl/web-acl.js';
import { changeToApi } from './change-api.js';
import { cloudFormationObject } from './cloudformation-shape.js';
import { changeSet, fileOf, servedBy } from './dialect-source.js';
import { changeTexts, commentLine, headTexts } from './explain-change.js';
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
    write(exclusions, notes) {
      const set = changeSet(source, exclusions, notes);
      const { changes } = set;
      const blocks = changes.map((change) => ({
        serves: servedBy(change, exclusions),
        lines: [
          ...changeTexts(change, exclusions, notes).map((text) => commentLine('#', text)),
          ...yamlLines([cloudFormationObject(changeToApi(change))]),
        ],
      }));
      const head = headTexts(what, set).map((text) => commentLine('#', text));
      const { content, sections } = fileOf(name, head, changes.length === 0 ? [{ serves: [], lines: ['[]'] }] : blocks);
      return { files: [{ name, content }], sections };
    },
  };
}
