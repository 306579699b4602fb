/** What the source of a web ACL does not say, and why: known at deployment only, missing, or newer than this program. */
export class Unresolved {
  readonly why: string;
  /** How it is written there, such as `Fn::GetAtt Office.Arn`. */
  readonly text: string | undefined;

  constructor(why: string, text?: string) {
    this.why = why;
    this.text = text;
  }
}

/** A mapping in the source of a web ACL. */
export interface SourceObject {
  readonly [key: string]: SourceValue;
}

/** JSON in the shape of the WAFv2 API, in which what is not literal is `Unresolved`. */
export type SourceValue = null | boolean | number | string | readonly SourceValue[] | SourceObject | Unresolved;

/** Whether it is a mapping. */
export function isSourceObject(value: SourceValue | undefined): value is SourceObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unresolved);
}

/** Whether it is a list. */
export function isSourceList(value: SourceValue | undefined): value is readonly SourceValue[] {
  return Array.isArray(value);
}

/** The value under a key; nothing where it is absent or null, which mean the same to AWS. */
export function memberOf(object: SourceObject, key: string): SourceValue | undefined {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** The keys under which there is something. */
export function keysOf(object: SourceObject): readonly string[] {
  return Object.keys(object).filter((key) => memberOf(object, key) !== undefined);
}

/** How deep a source may be nested before what is in it counts as unknown. A real one has a few dozen levels. */
export const deepestSource = 300;
