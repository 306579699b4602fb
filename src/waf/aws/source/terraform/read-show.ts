import type { AclDocument } from '../acl-document.js';
import { isSourceList, isSourceObject, memberOf, type SourceObject, type SourceValue } from '../source-value.js';
import { configured } from './configured.js';
import { type TerraformResource, terraformDocument } from './terraform-document.js';

/** Modules inside modules. */
const deepestModule = 50;

/** Reads what `terraform show -json` writes of a plan or a state. Nothing where it is something else. */
export function readShow(json: SourceValue): AclDocument | undefined {
  if (!isSourceObject(json) || typeof json['format_version'] !== 'string') return undefined;
  const planned = rootOf(memberOf(json, 'planned_values'));
  const configuration = rootOf(memberOf(json, 'configuration'));
  if (planned !== undefined) return terraformDocument(resourcesOf(planned, configuration), 'plan of Terraform');
  const state = rootOf(memberOf(json, 'values'));
  return state === undefined ? undefined : terraformDocument(resourcesOf(state, undefined), 'state of Terraform');
}

function rootOf(value: SourceValue | undefined): SourceObject | undefined {
  const root = isSourceObject(value) ? memberOf(value, 'root_module') : undefined;
  return isSourceObject(root) ? root : undefined;
}

function resourcesOf(
  module: SourceObject,
  configuration: SourceObject | undefined,
  prefix = '',
  depth = 0,
): readonly TerraformResource[] {
  if (depth > deepestModule) return [];
  const own = objectsIn(module, 'resources').flatMap((it) => resourceOf(it, configuration, prefix));
  const inner = objectsIn(module, 'child_modules').flatMap((child) => {
    const address = textOf(child, 'address');
    return resourcesOf(child, moduleIn(configuration, address.slice(prefix.length)), `${address}.`, depth + 1);
  });
  return [...own, ...inner];
}

function resourceOf(
  resource: SourceObject,
  configuration: SourceObject | undefined,
  prefix: string,
): readonly TerraformResource[] {
  const [address, type, values] = [textOf(resource, 'address'), textOf(resource, 'type'), memberOf(resource, 'values')];
  if (!type.startsWith('aws_wafv2_') || !isSourceObject(values) || textOf(resource, 'mode') === 'data') return [];
  const written = `${type}.${textOf(resource, 'name')}`;
  const found = configuration && objectsIn(configuration, 'resources').find((it) => textOf(it, 'address') === written);
  const expressions = found === undefined ? undefined : memberOf(found, 'expressions');
  return [{ address, type, values: isSourceObject(expressions) ? configured(values, expressions, prefix) : values }];
}

/** The module that `module.edge["eu"]` calls. */
function moduleIn(configuration: SourceObject | undefined, address: string): SourceObject | undefined {
  const name = /^module\.([\w-]+)/.exec(address)?.[1];
  const calls = configuration === undefined ? undefined : memberOf(configuration, 'module_calls');
  const call = isSourceObject(calls) && name !== undefined ? memberOf(calls, name) : undefined;
  const module = isSourceObject(call) ? memberOf(call, 'module') : undefined;
  return isSourceObject(module) ? module : undefined;
}

function objectsIn(object: SourceObject, key: string): readonly SourceObject[] {
  const list = memberOf(object, key);
  return isSourceList(list) ? list.filter(isSourceObject) : [];
}

function textOf(object: SourceObject, key: string): string {
  const value = memberOf(object, key);
  return typeof value === 'string' ? value : '';
}
