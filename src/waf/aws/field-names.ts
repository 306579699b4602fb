import type { FieldLookup, FieldNames, FieldValue } from '../../contract/field-names.js';
import { formatVariable, type Variable } from '../../model/evidence.js';
import type { FieldPath } from '../../model/field.js';
import type { Pair, RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { requestFields } from '../../request/request-fields.js';
import { pointerOf, stepsOf } from './json-pointer.js';

/**
 * How AWS WAF calls the places in a request: by the components of the API (`FieldToMatch`), with the name or the JSON pointer
 * of one in `key`. Fields of a form or of multipart have no name: a body that is no JSON is one text.
 */
export const awsFieldNames: FieldNames = {
  fieldsIn,
  valuesIn,
  nameOf,
  // A name in a rule stands for itself only: there is none for all elements of an array, or for a generated part.
  generalise: (variable) => variable,
  includes,
  elementsOf: (variable) => [variable],
  arraysOf: () => ({ count: 0, length: 0 }),
};

type Find = (key: string | undefined, request: RequestSpec) => FieldPath;

const collections: Readonly<Record<string, Find>> = {
  Method: () => ({ kind: 'method' }),
  UriPath: () => ({ kind: 'path' }),
  QueryString: () => ({ kind: 'query-string' }),
  AllQueryArguments: () => ({ kind: 'query' }),
  SingleQueryArgument: (key, { query }) => named('query', key, query),
  Headers: () => ({ kind: 'header' }),
  SingleHeader: (key, { headers }) => named('header', key, headers),
  Cookies: (name) => ({ kind: 'cookie', ...(name !== undefined && { name }) }),
  Body: () => ({ kind: 'body' }),
  JsonBody: (pointer = '', request) => ({ kind: 'json', path: stepsOf(pointer, request) }),
};

function fieldsIn(request: RequestSpec): FieldLookup {
  return ({ collection, key }) =>
    Object.hasOwn(collections, collection) ? collections[collection]?.(key, request) : undefined;
}

/** Rules do not mind the case of these names. */
function named(kind: 'query' | 'header', key: string | undefined, sent: readonly Pair[]): FieldPath {
  if (key === undefined) return { kind };
  const lower = key.toLowerCase();
  const names = sent.map(([name]) => name);
  return { kind, name: names.includes(key) ? key : (names.find((name) => name.toLowerCase() === lower) ?? key) };
}

function valuesIn(request: RequestSpec): readonly FieldValue[] {
  const seen = requestFields(request).fields.filter(({ field, isInBody }) => !isInBody || field.kind === 'json');
  const values = seen.map(({ field, value }) => ({ field, value }));
  const { body } = encodeRequest(request);
  return body.length === 0
    ? values
    : [...values, { field: { kind: 'body' }, value: Buffer.from(body).toString('utf8') }];
}

function nameOf(field: FieldPath): Variable {
  switch (field.kind) {
    case 'query':
      return field.of === 'name' ? { collection: 'QueryString' } : keyed('Query', field.name);
    case 'header':
      return field.of === 'name' ? { collection: 'Headers' } : keyed('Header', field.name);
    case 'cookie':
      return { collection: 'Cookies', ...(field.name !== undefined && field.of !== 'name' && { key: field.name }) };
    case 'json':
      return { collection: 'JsonBody', ...(field.path.length > 0 && { key: pointerOf(field.path) }) };
    case 'method':
      return { collection: 'Method' };
    case 'path':
    case 'url':
      return { collection: 'UriPath' };
    case 'query-string':
      return { collection: 'QueryString' };
    case 'form':
    case 'argument':
    case 'part':
    case 'xml':
    case 'body':
    case 'body-syntax':
      return { collection: 'Body' };
  }
}

const keyedNames = {
  Query: ['SingleQueryArgument', 'AllQueryArguments'],
  Header: ['SingleHeader', 'Headers'],
} as const;

function keyed(kind: keyof typeof keyedNames, key: string | undefined): Variable {
  const [single, all] = keyedNames[kind];
  return key === undefined ? { collection: all } : { collection: single, key };
}

const wholes: Readonly<Record<string, readonly string[]>> = {
  AllQueryArguments: ['SingleQueryArgument'],
  QueryString: ['AllQueryArguments', 'SingleQueryArgument'],
  Headers: ['SingleHeader', 'Cookies'],
  Body: ['JsonBody'],
};

function includes(variable: Variable, other: Variable): boolean {
  if (formatVariable(variable) === formatVariable(other)) return true;
  if (variable.key !== undefined) return false;
  if (variable.collection === other.collection) return true;
  return Object.hasOwn(wholes, variable.collection) && wholes[variable.collection]?.includes(other.collection) === true;
}
