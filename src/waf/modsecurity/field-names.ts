import type { FieldLookup, FieldNames } from '../../contract/field-names.js';
import { elementsOf, familyOf, includesVariable, largestIndex } from '../../model/array-names.js';
import { formatVariable, type Variable } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';
import { ArgumentFields } from './argument-fields.js';
import { type Places, placeOf } from './collections.js';
import { nameOf } from './name-of-field.js';

/** How ModSecurity 2 and 3 and Coraza call the places in a request. Names are made as libmodsecurity 3 makes them. */
export const modsecurityFieldNames: FieldNames = {
  fieldsIn,
  nameOf,
  generalise: familyOf,
  includes: includesVariable,
  elementsOf,
  arraysOf: (variable) => ({ count: arraysIn(familyOf(variable)), length: largestIndex(variable) + 1 }),
};

function fieldsIn(request: RequestSpec): FieldLookup {
  let known: ArgumentFields | undefined;
  const places: Places = {
    request,
    argument(name, source) {
      known ??= new ArgumentFields(request);
      return known.find(name, source);
    },
  };
  return (variable) => placeOf(origin(variable), places);
}

/** `TX:rfi_parameter_ARGS:url` is what an earlier rule took from `ARGS:url` (CRS 931130). */
function origin(variable: Variable): Variable {
  const [, key] = /^TX:rfi_parameter_ARGS:(.+)$/s.exec(formatVariable(variable)) ?? [];
  return key === undefined ? variable : { collection: 'ARGS', key };
}

function arraysIn({ key = '' }: Variable): number {
  return key.split('.array_*').length - 1;
}
