import type { FieldPath } from '../model/field.js';
import { hasPlaceholder } from '../model/placeholders.js';
import type { RequestSpec } from '../model/request.js';
import { type NamePart, nameParts } from './generated-parts.js';
import { pathParts } from './path-parts.js';
import { type Recognised, recogniser } from './recognise.js';
import { requestFields } from './request-fields.js';

/** What is generated in a name. */
export type NameRecogniser = (name: string) => Recognised;

/** Tells what is generated in the names of fields, from all that requests have. */
export function recogniseNames(requests: readonly RequestSpec[]): NameRecogniser {
  return recogniserOfNames(new Set(requests.flatMap(namesIn)), new Set(requests.flatMap(idsIn)));
}

/**
 * The same from names that are known already.
 * @param ids numbers that are ids elsewhere: in a name they are those ids
 */
export function recogniserOfNames(names: ReadonlySet<string>, ids: ReadonlySet<string> = new Set()): NameRecogniser {
  const partsOf = (name: string) =>
    nameParts(name).map((part): NamePart => (ids.has(part.text) && part.kind ? { ...part, needs: 'one' } : part));
  const recognise = recogniser([...names].map(partsOf));
  return (name) => (hasPlaceholder(name) ? { template: name, isDoubtful: false } : recognise(partsOf(name)));
}

/** The names of the fields of a request. */
export function namesIn(request: RequestSpec): readonly string[] {
  return requestFields(request).fields.flatMap(({ field }) => {
    if (field.kind === 'json') return field.path.filter((step) => typeof step === 'string');
    return 'name' in field && field.name !== undefined ? [field.name] : [];
  });
}

/** Shorter numbers are in names by chance. */
const shortestId = 3;

const idName = /(?:^|[^A-Za-z])(?:ids?|key|nr|pk|ref)\]?$|[a-z](?:Ids?|ID|Key|Nr)$/;

/** Numbers that are ids in a request: in its path, and as the values of fields whose names say so. */
export function idsIn(request: RequestSpec): readonly string[] {
  const ofPath = pathParts(request.path.replace(/\?.*$/s, '')).flatMap(({ text, kind, needs }) =>
    kind === 'number' && needs === 'one' ? [text] : [],
  );
  const ofFields = requestFields(request).fields.flatMap(({ field, value }) =>
    /^\d{1,20}$/.test(value) && idName.test(nameOf(field)) ? [value] : [],
  );
  return [...ofPath, ...ofFields].filter(({ length }) => length >= shortestId);
}

function nameOf(field: FieldPath): string {
  if (field.kind === 'json') return String(field.path.findLast((step) => typeof step === 'string') ?? '');
  return 'name' in field ? (field.name ?? '') : '';
}
