import type { Dialect } from '../../../contract/dialect.js';
import type { AclSource } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { changeSet, fileOf, servedBy } from './dialect-source.js';
import { changeTexts, commentLine, headTexts } from './explain-change.js';

/** How a language writes changes into a file: each with a comment above it. */
export interface ChangeSyntax {
  /** Of the file. */
  readonly name: string;
  /** What the file holds, and where it belongs, in words. */
  readonly what: readonly string[];
  /** Begins a comment of one line. */
  readonly comment: string;
  readonly linesOf: (change: AclChange) => readonly string[];
  /** What stands about all changes. */
  readonly around?: { readonly first: string; readonly last: string; readonly indent: string };
  /** Where nothing is to be changed. */
  readonly nothing?: string;
}

/** Writes exclusions as the changes of a web ACL that they come to. */
export function changeWriter(source: AclSource, syntax: ChangeSyntax): Dialect['write'] {
  const { name, what, comment, linesOf, around, nothing } = syntax;
  return (exclusions, notes) => {
    const set = changeSet(source, exclusions, notes);
    const blocks = set.changes.map((change) => ({
      serves: servedBy(change, exclusions),
      lines: [
        ...changeTexts(change, exclusions, notes).map((text) => commentLine(`${around?.indent ?? ''}${comment}`, text)),
        ...linesOf(change),
      ],
    }));
    if (blocks.length === 0 && nothing !== undefined) blocks.push({ serves: [], lines: [nothing] });
    const head = headTexts(what, set).map((text) => commentLine(comment, text));
    const { content, sections } = fileOf(name, around === undefined ? head : [...head, around.first], blocks);
    const whole = around === undefined ? content : `${content}${around.last}\n`;
    return { files: [{ name, content: whole }], sections };
  };
}
