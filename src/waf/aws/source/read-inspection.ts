import type { Inspection } from '../acl/field-to-match.js';
import { complete, each, listIn, numberIn, textIn } from './parts.js';
import { readField } from './read-field.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

/** The keys of a statement that say what it inspects. */
export const inspectionKeys = ['FieldToMatch', 'TextTransformations', 'PreParseTextTransformations'];

/** Reads what a statement inspects; transformations are put in the order of their priorities. */
export function readInspection(statement: SourceObject): Inspection | Unresolved {
  return complete({
    field: readField(memberOf(statement, 'FieldToMatch')),
    preParse: readTransformations(statement, 'PreParseTextTransformations'),
    transformations: readTransformations(statement, 'TextTransformations'),
  });
}

function readTransformations(statement: SourceObject, key: string): readonly string[] | Unresolved {
  const list = listIn(statement, key);
  if (list instanceof Unresolved) return list;
  const steps = each(list, readStep);
  if (steps instanceof Unresolved) return steps;
  return steps.toSorted((a, b) => a.priority - b.priority).map(({ type }) => type);
}

function readStep(step: SourceValue): { readonly priority: number; readonly type: string } | Unresolved {
  if (step instanceof Unresolved) return step;
  if (!isSourceObject(step)) return new Unresolved('a transformation is no mapping');
  return complete({ priority: numberIn(step, 'Priority'), type: textIn(step, 'Type') });
}
