import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag } from 'js-yaml';
import type { YamlScalar } from './yaml-node.js';
import { stringTag } from './yaml-tag.js';

const coreTags = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** What a plain scalar without a tag stands for. */
export function resolvePlain(text: string): YamlScalar {
  for (const tag of coreTags) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

/** What a scalar with one of YAML's own tags stands for; `undefined` where the text does not fit the tag. */
export function resolveTagged(text: string, tagName: string): YamlScalar | undefined {
  if (tagName === stringTag) return text;
  const value = coreTags.find((tag) => tag.tagName === tagName)?.resolve(text, true, tagName);
  return value === NOT_RESOLVED ? undefined : value;
}

/** Whether YAML's core schema has this tag for scalars. */
export function isCoreScalarTag(tagName: string): boolean {
  return tagName === stringTag || coreTags.some((tag) => tag.tagName === tagName);
}
