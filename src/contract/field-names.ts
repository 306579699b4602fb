import type { Variable } from '../model/evidence.js';
import type { FieldPath } from '../model/field.js';
import type { RequestSpec } from '../model/request.js';

/** Tells where a variable lies in a request; nothing where it is none that a client sends. */
export type FieldLookup = (variable: Variable) => FieldPath | undefined;

/** A value of a request, and the field in which rules see it. */
export interface FieldValue {
  readonly field: FieldPath;
  readonly value: string;
}

/** How a WAF calls the places in a request: a variable is such a name. */
export interface FieldNames {
  /** Looks variables up in one request. What it takes is prepared when the first one is asked for. */
  fieldsIn(request: RequestSpec): FieldLookup;
  /** What rules see in the query, the headers, the cookies and the body of a request, and the body as a whole. */
  valuesIn(request: RequestSpec): readonly FieldValue[];
  /** The variable in which rules see a field. */
  nameOf(field: FieldPath): Variable;
  /**
   * The name for any element of an array and for any generated part, where a variable has one; else the variable itself.
   * @param templateOf what is generated in a name; default: what the name alone tells
   */
  generalise(variable: Variable, templateOf?: (name: string) => string): Variable;
  /** Whether a variable is the other one, or the name for several with the other among them. */
  includes(variable: Variable, other: Variable): boolean;
  /** The variables that the name for any element stands for, with so many elements in each array. */
  elementsOf(variable: Variable, elements: number): readonly Variable[];
  /** Of an element: in how many arrays it is, and how many elements the longest of them has at least. */
  arraysOf(variable: Variable): { readonly count: number; readonly length: number };
}
