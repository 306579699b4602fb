import type { FieldPath } from '../model/field.js';
import type { JsonValue, Pair, RequestBody, RequestSpec } from '../model/request.js';
import { includesField } from './field-paths.js';
import { pathTo } from './json-values.js';
import { mapJson } from './map-json.js';
import { asGiven, readBody } from './read-body.js';

/**
 * The request with the same text in a field of another name; nothing where it is no field that bears a name, or not
 * there. An argument is looked for in the query before the body.
 */
export function renameField(spec: RequestSpec, field: FieldPath, name: string): RequestSpec | undefined {
  const query = renamePairs(spec.query, 'query', field, name);
  if (query !== undefined) return { ...spec, query };
  const body = renameInBody(readBody(spec), field, name);
  return body && { ...spec, body: asGiven(spec.body, body) };
}

function renameInBody(body: RequestBody, field: FieldPath, name: string): RequestBody | undefined {
  switch (body.kind) {
    case 'form': {
      const fields = renamePairs(body.fields, 'form', field, name);
      return fields && { ...body, fields };
    }
    case 'json': {
      const value = renameMember(body.value, field, name);
      return value === undefined ? undefined : { ...body, value };
    }
    case 'multipart':
      return renamePart(body, field, name);
    default:
      return undefined;
  }
}

function renamePairs(
  pairs: readonly Pair[],
  kind: 'query' | 'form',
  field: FieldPath,
  name: string,
): readonly Pair[] | undefined {
  const isMeant = ([own]: Pair) => includesField(field, { kind, name: own });
  if (!pairs.some(isMeant)) return undefined;
  return pairs.map((pair) => (isMeant(pair) ? [name, pair[1]] : pair));
}

function renamePart(body: RequestBody & { kind: 'multipart' }, field: FieldPath, name: string) {
  const isMeant = ({ name: own, filename }: (typeof body.parts)[number]) =>
    filename === undefined && includesField(field, { kind: 'part', name: own });
  if (!body.parts.some(isMeant)) return undefined;
  return { ...body, parts: body.parts.map((part) => (isMeant(part) ? { ...part, name } : part)) };
}

/** A member that is a text; elements have no name of their own. */
function renameMember(document: JsonValue, field: FieldPath, name: string): JsonValue | undefined {
  const steps = field.kind === 'json' ? field.path.length : 0;
  let isFound = false;
  const value = mapJson(document, {
    name(own, place, value) {
      if (
        typeof value !== 'string' ||
        place.depth !== steps ||
        !includesField(field, { kind: 'json', path: pathTo(place) })
      )
        return own;
      isFound = true;
      return name;
    },
  });
  return isFound ? value : undefined;
}
