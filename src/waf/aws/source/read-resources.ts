import type { KnownResources } from '../acl/web-acl.js';
import { noResources } from './acl-document.js';
import { each, listIn, memberText, textIn } from './parts.js';
import type { RuleContext } from './read-rule.js';
import { readOwnGroup } from './read-web-acl.js';
import { isSourceObject, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

/** A set of addresses under the name that references have for it. A set that is not told in full is not known. */
export function ipSetResource(ref: string, set: SourceObject): KnownResources {
  const addresses = textsIn(set, 'Addresses', (item) => memberText(item, 'Addresses'));
  return addresses === undefined ? noResources : { ...noResources, ipSets: new Map([[ref, addresses]]) };
}

/** The same for a set of patterns. */
export function regexSetResource(ref: string, set: SourceObject): KnownResources {
  const patterns = textsIn(set, 'RegularExpressionList', patternOf);
  return patterns === undefined ? noResources : { ...noResources, regexSets: new Map([[ref, patterns]]) };
}

/** The same for a group of rules. */
export function ruleGroupResource(ref: string, group: SourceObject, context: RuleContext): KnownResources {
  return { ...noResources, ruleGroups: new Map([[ref, readOwnGroup(group, context)]]) };
}

/** The API has mappings, templates have texts. */
function patternOf(item: SourceValue): string | Unresolved {
  return isSourceObject(item) ? textIn(item, 'RegexString') : memberText(item, 'RegularExpressionList');
}

function textsIn(
  object: SourceObject,
  key: string,
  read: (item: SourceValue) => string | Unresolved,
): readonly string[] | undefined {
  const list = listIn(object, key);
  const texts = list instanceof Unresolved ? list : each(list, read);
  return texts instanceof Unresolved ? undefined : texts;
}
