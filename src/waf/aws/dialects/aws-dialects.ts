import type { Dialect } from '../../../contract/dialect.js';
import type { AclSource } from '../acl/web-acl.js';
import { awsJsonDialect } from './aws-json.js';
import { cdkDialect } from './cdk.js';
import { cloudFormationDialect } from './cloudformation.js';
import { terraformDialect } from './terraform.js';

/** How changes to a web ACL can be written, by name; the first is the one where none is asked for. */
const dialects: Readonly<Record<string, (source: AclSource) => Dialect>> = {
  terraform: terraformDialect,
  cdk: cdkDialect,
  cloudformation: cloudFormationDialect,
  'aws-json': awsJsonDialect,
};

export const awsDialectNames: readonly string[] = Object.keys(dialects);

export function awsDialectOf(name: string, source: AclSource): Dialect | undefined {
  return Object.hasOwn(dialects, name) ? dialects[name]?.(source) : undefined;
}
