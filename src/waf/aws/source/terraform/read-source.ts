import type { AclDocument } from '../acl-document.js';
import { isSourceList, isSourceObject, type SourceObject, type SourceValue } from '../source-value.js';
import { type SourceScope, sourceScope, sourceValue } from './expressions.js';
import { type TerraformResource, terraformDocument } from './terraform-document.js';

/**
 * Reads Terraform source, which is JSON already, as far as it is literal: variables stand for their defaults, and what
 * needs Terraform is known at deployment only. Variables and locals of other files of the module hold as well.
 */
export function readTerraform(file: SourceValue, module: readonly SourceValue[]): AclDocument | undefined {
  const resources = isSourceObject(file) ? file['resource'] : undefined;
  if (!isSourceObject(resources)) return undefined;
  const scope = sourceScope(module);
  const read = Object.entries(resources).flatMap(([type, named]) => resourcesOf(type, named, scope));
  return terraformDocument(read, 'Terraform source, with the defaults of its variables');
}

/** Whether it is Terraform source: blocks of its own kinds, each under its name. */
export function isTerraform(json: SourceValue): json is SourceObject {
  const kinds = ['resource', 'variable', 'locals', 'module', 'provider', 'terraform', 'output', 'data'];
  if (!isSourceObject(json)) return false;
  const keys = Object.keys(json);
  return keys.length > 0 && keys.every((key) => kinds.includes(key) || key === '//');
}

function resourcesOf(type: string, named: SourceValue, scope: SourceScope): readonly TerraformResource[] {
  if (!type.startsWith('aws_wafv2_') || !isSourceObject(named)) return [];
  return Object.entries(named).flatMap(([name, block]) => {
    const values = isSourceList(block) ? block[0] : block;
    return isSourceObject(values) ? [{ address: `${type}.${name}`, type, values: literal(values, scope) }] : [];
  });
}

function literal(values: SourceObject, scope: SourceScope): SourceObject {
  const resolved = sourceValue(values, scope);
  return isSourceObject(resolved) ? resolved : {};
}
