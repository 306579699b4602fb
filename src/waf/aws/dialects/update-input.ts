import type { WebAcl } from '../acl/web-acl.js';
import { type ApiDraftObject, isApiObject } from './api-draft.js';
import { type PatchOperation, patched } from './json-patch.js';

/** What `UpdateWebACL` takes of what `GetWebACL` answers with (WAFv2 API). */
const taken = [
  'Name',
  'Id',
  'DefaultAction',
  'Description',
  'Rules',
  'VisibilityConfig',
  'DataProtectionConfig',
  'CustomResponseBodies',
  'CaptchaConfig',
  'ChallengeConfig',
  'TokenDomains',
  'AssociationConfig',
  'OnSourceDDoSProtectionConfig',
  'ApplicationConfig',
  'MonetizationConfig',
];

/** What AWS makes itself, and does not take back. */
const given = [
  'ARN',
  'Capacity',
  'LabelNamespace',
  'PreProcessFirewallManagerRuleGroups',
  'PostProcessFirewallManagerRuleGroups',
  'ManagedByFirewallManager',
  'RetrofittedByFirewallManager',
];

/** The input of a full update, or why none can be made. */
export type UpdateInput =
  | { readonly kind: 'input'; readonly input: ApiDraftObject }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The input of `UpdateWebACL`, which replaces the whole ACL: it is made only from the answer of the API as it came, since
 * whatever is left out is cleared.
 */
export function updateInput({ raw, scope, name, id }: WebAcl, operations: readonly PatchOperation[]): UpdateInput {
  if (raw === undefined)
    return none('the ACL was not read from the answer of get-web-acl, and an update replaces all of it');
  if (typeof raw['Id'] !== 'string' && id === undefined) return none('the ACL has no Id here');
  const strange = Object.keys(raw).filter((key) => !taken.includes(key) && !given.includes(key));
  if (strange.length > 0) return none(`nothing is known of its ${strange.join(', ')}, which an update could clear`);
  const changed = patched(raw, operations);
  if (changed === undefined || !isApiObject(changed)) return none('its rules are not where they were expected');
  const kept = taken.flatMap((key) => {
    const value = Object.hasOwn(changed, key) ? changed[key] : undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  const input = { ...Object.fromEntries(kept), Name: name, Scope: scope, ...(id !== undefined && { Id: id }) };
  return { kind: 'input', input: { ...input, LockToken: lockTokenPlace } };
}

/** Stands where the lock token goes: it is good for one update only. */
const lockTokenPlace = 'LOCK_TOKEN';

function none(reason: string): UpdateInput {
  return { kind: 'none', reason };
}
