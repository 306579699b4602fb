import type { Dialect } from '../../../contract/dialect.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { AclSource } from '../acl/web-acl.js';
import { changeToApi } from './change-api.js';
import { changeWriter } from './change-file.js';
import { changeObstacle } from './obstacles.js';
import { block } from './terraform-blocks.js';

const name = 'wafproof-rules.hcl';

/** How deep the provider's blocks nest: three in a rule, one less in a scope-down statement (provider schema, `rootStatementSchema`). */
const deepest = { rule: 3, scopeDown: 2 };

const what = [
  'Blocks for the resource aws_wafv2_web_acl. A rule that is new is here as a whole. Of a rule that is there already, only what is',
  'new is here, in the blocks that it belongs into: put it beside what the rule has.',
];

/** Native blocks of the AWS provider for Terraform and OpenTofu. */
export function terraformDialect(source: AclSource): Dialect {
  return {
    name: 'terraform',
    obstacle: (exclusion) => textObstacle(exclusion) ?? changeObstacle(exclusion, source, deepest),
    write: changeWriter(source, {
      name,
      what,
      comment: '#',
      linesOf: (change) => block('rule', changeToApi(change)),
    }),
  };
}

/** Terraform's language brings every text into one Unicode form (HCL native syntax, "Template Values": NFC). */
function textObstacle({ scope: { method = '', path = '' } }: Exclusion): string | undefined {
  const changed = [method, path].find((text) => text.normalize('NFC') !== text);
  return changed === undefined ? undefined : `Terraform reads ${changed} as ${changed.normalize('NFC')}`;
}
