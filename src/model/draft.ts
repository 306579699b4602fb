/**
 * Text of a configuration that depends on which exclusions are chosen. A list is its parts, one after the other. Plain JSON, so
 * that who has a report can write the files for any choice without knowing the language they are in.
 */
export type Draft =
  | string
  | readonly Draft[]
  | WhenChosen
  | WhenSeveral
  | Tally
  | Numbered
  | Listed
  | Indented
  | Packed
  | Pack;

/** Ids of exclusions. */
export type ExclusionIds = readonly string[];

/** Text that is there where any, none, all or not all of some exclusions are chosen. */
export interface WhenChosen {
  readonly when: 'any' | 'none' | 'all' | 'not-all';
  readonly of: ExclusionIds;
  readonly text: Draft;
}

/** Text that is there where exclusions of more than one of these groups are chosen, and text that is there otherwise. */
export interface WhenSeveral {
  readonly several: readonly ExclusionIds[];
  readonly text: Draft;
  readonly otherwise: Draft;
}

/** `3 exclusions`: how many of them are chosen, or how many findings those are for. */
export interface Tally {
  readonly tally: 'exclusion' | 'finding';
  readonly of: ExclusionIds;
}

/** A number that no other key has, and that stays the same when other keys come and go. */
export interface Numbered {
  readonly number: string;
  /** Each pack has a number of its own. */
  readonly isOfPack?: true;
}

/** What is there of some texts, each once, with something between them. */
export interface Listed {
  readonly list: readonly Draft[];
  readonly between: string;
}

/** Text with something in front of each line that is not empty. */
export interface Indented {
  readonly indent: string;
  readonly text: Draft;
}

/**
 * What is there of some texts, each once, in packs of a limited size; packs among the texts are texts of their own. The first
 * pack is written as the first of the forms, the second as the second, all others as the last one.
 */
export interface Packed {
  readonly pack: readonly Draft[];
  /** The most bytes of a pack; one text may be longer. */
  readonly room: number;
  /** Bytes that each line takes besides its own. */
  readonly perLine: number;
  readonly between: string;
  readonly forms: readonly [Draft, ...Draft[]];
}

/** Within a form: the texts of the pack. */
export interface Pack {
  readonly here: 'pack';
}

/** Which numbers there are for keys. */
export interface Numbering {
  readonly first: number;
  /** How many numbers there are from the first one on. */
  readonly range: number;
  /** Numbers in between that others have, in ascending order. */
  readonly taken: readonly (readonly [first: number, last: number])[];
  /** What the number of a key follows from. */
  readonly hashes: readonly (readonly [key: string, hash: number])[];
}

/** Exclusions as the files of a dialect, for all of them or for some. */
export interface ConfigurationDraft {
  readonly exclusions: readonly { readonly id: string; readonly findings: readonly string[] }[];
  readonly files: readonly { readonly name: string; readonly text: Draft }[];
  readonly numbers?: Numbering;
}

/** Text that is there where any of the exclusions is chosen. */
export function whenAny(exclusions: readonly { readonly id: string }[], text: Draft): Draft {
  return { when: 'any', of: exclusionIds(exclusions), text };
}

/** Text that is there where none of the exclusions is chosen. */
export function whenNone(exclusions: readonly { readonly id: string }[], text: Draft): Draft {
  return { when: 'none', of: exclusionIds(exclusions), text };
}

/** The same ids in the same order, whatever order the exclusions come in. */
export function exclusionIds(exclusions: readonly { readonly id: string }[]): ExclusionIds {
  return [...new Set(exclusions.map(({ id }) => id))].sort();
}

/** `Array.isArray` does not tell readonly lists. */
export function isDraftList(draft: Exclude<Draft, string>): draft is readonly Draft[] {
  return Array.isArray(draft);
}

/** Lines of text. */
export function linesOf(lines: readonly Draft[]): Draft {
  return lines.map((line) => [line, '\n']);
}
