import type { FieldLookup, FieldNames, FieldValue } from '../../contract/field-names.js';
import { formatVariable, type Variable } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { ArgumentFields } from './argument-fields.js';
import { fieldAt, type RequestPlaces } from './collections.js';
import { elementsOf, familyOf, includesVariable, largestIndex } from './name-families.js';
import { nameOf } from './name-of-field.js';
import { type RequestSection, requestVariables } from './request-variables.js';

/** How ModSecurity 2 and 3 and Coraza call the places in a request. Names are made as libmodsecurity 3 makes them. */
export const modsecurityFieldNames: FieldNames = {
  fieldsIn,
  valuesIn,
  nameOf,
  generalise: familyOf,
  includes: includesVariable,
  elementsOf,
  arraysOf: (variable) => ({ count: arraysIn(familyOf(variable)), length: largestIndex(variable) + 1 }),
};

function fieldsIn(request: RequestSpec): FieldLookup {
  let known: ArgumentFields | undefined;
  const places: RequestPlaces = {
    request,
    argument(name, source) {
      known ??= new ArgumentFields(request);
      return known.find(name, source);
    },
  };
  return (variable) => fieldAt(origin(variable), places);
}

/** An argument that is in the query and in the body is told apart by where it is. */
function valuesIn(request: RequestSpec): readonly FieldValue[] {
  const lookUp = fieldsIn(request);
  return requestVariables(encodeRequest(request)).flatMap(({ variable, value, part }) => {
    const collection = listed[variable.collection]?.(part);
    const field = collection === undefined ? undefined : lookUp({ ...variable, collection });
    return field === undefined ? [] : [{ field, value }];
  });
}

const listed: Readonly<Record<string, (part: RequestSection) => string>> = {
  ARGS: (part) => (part === 'target' ? 'ARGS_GET' : 'ARGS_POST'),
  FILES: () => 'FILES',
  REQUEST_HEADERS: () => 'REQUEST_HEADERS',
  REQUEST_COOKIES: () => 'REQUEST_COOKIES',
  REQUEST_BODY: () => 'REQUEST_BODY',
};

/** `TX:rfi_parameter_ARGS:url` is what an earlier rule took from `ARGS:url` (CRS 931130). */
function origin(variable: Variable): Variable {
  const [, key] = /^TX:rfi_parameter_ARGS:(.+)$/s.exec(formatVariable(variable)) ?? [];
  return key === undefined ? variable : { collection: 'ARGS', key };
}

function arraysIn({ key = '' }: Variable): number {
  return key.split('.array_*').length - 1;
}
