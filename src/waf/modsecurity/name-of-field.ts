import type { Variable } from '../../model/evidence.js';
import type { FieldPath } from '../../model/field.js';
import { jsonName } from './json-names.js';

/** The variable in which libmodsecurity 3 shows a field to all rules that look for it. */
export function nameOf(field: FieldPath): Variable {
  switch (field.kind) {
    case 'query':
    case 'form':
    case 'argument':
      return variable(field.of === 'name' ? 'ARGS_NAMES' : 'ARGS', field.name);
    case 'json':
      return variable(field.of === 'name' ? 'ARGS_NAMES' : 'ARGS', jsonName(field.path, 'modsecurity3'));
    case 'part':
      return variable(collectionOfPart[field.of ?? 'value'], field.name);
    case 'header':
      return variable(field.of === 'name' ? 'REQUEST_HEADERS_NAMES' : 'REQUEST_HEADERS', field.name);
    case 'cookie':
      return variable(field.of === 'name' ? 'REQUEST_COOKIES_NAMES' : 'REQUEST_COOKIES', field.name);
    case 'xml':
      return { collection: 'XML', key: field.of === 'attributes' ? '//@*' : '/*' };
    default:
      return { collection: scalars[field.kind] };
  }
}

const collectionOfPart = {
  value: 'ARGS',
  name: 'ARGS_NAMES',
  filename: 'FILES',
  file: 'FILES_TMP_CONTENT',
  headers: 'MULTIPART_PART_HEADERS',
} as const;

const scalars = {
  method: 'REQUEST_METHOD',
  url: 'REQUEST_URI',
  path: 'REQUEST_FILENAME',
  'query-string': 'QUERY_STRING',
  body: 'REQUEST_BODY',
  'body-syntax': 'REQBODY_ERROR',
} as const;

function variable(collection: string, key: string | undefined): Variable {
  return key === undefined ? { collection } : { collection, key };
}
