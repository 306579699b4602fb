import type { Dialect } from '../../../contract/dialect.js';
import type { Draft } from '../../../model/draft.js';
import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import type { AclSource } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { type ChangeSet, changeSet, servedBy, writtenInParts } from './dialect-source.js';
import { type DraftLine, textOfLines } from './draft-lines.js';
import { changeTexts, commentLine, headTexts, type WriteTexts } from './explain-change.js';

/** How a language writes changes into a file: each with a comment above it. */
export interface ChangeSyntax {
  /** Of the file. */
  readonly name: string;
  /** What the file holds, and where it belongs, in words. */
  readonly what: readonly string[];
  /** Begins a comment of one line. */
  readonly comment: string;
  readonly linesOf: (change: AclChange) => readonly DraftLine[];
  /** What stands about all changes. */
  readonly around?: { readonly first: string; readonly last: string; readonly indent: string };
  /** Where nothing is to be changed. */
  readonly nothing?: string;
}

/** Writes exclusions as the changes of a web ACL that they come to. */
export function changeWriter(source: AclSource, syntax: ChangeSyntax): Dialect['write'] {
  return (exclusions, notes) => {
    const set = changeSet(source, exclusions, notes);
    const files = [{ name: syntax.name, text: fileText(set, syntax) }];
    const blocks = set.changes.map((change) => ({
      scopes: scopesOf(servedBy(change, exclusions)),
      text: whenDone(change, blockText(change, set, syntax)),
    }));
    return writtenInParts({ exclusions, files, blocks });
  };
}

function fileText(set: ChangeSet, syntax: ChangeSyntax): Draft {
  const { what, comment, around, nothing } = syntax;
  const none = { when: 'none', of: set.changes.flatMap((change) => change.exclusions) } as const;
  return [
    headTexts(what, set, (text) => `${commentLine(comment, text)}\n`),
    around === undefined ? [] : `${around.first}\n`,
    set.changes.map((change) => whenDone(change, ['\n', blockText(change, set, syntax)])),
    nothing === undefined ? [] : { ...none, text: `\n${nothing}\n` },
    around === undefined ? [] : `${around.last}\n`,
  ];
}

function blockText(change: AclChange, set: ChangeSet, { comment, around, linesOf }: ChangeSyntax): Draft {
  const mark = `${around?.indent ?? ''}${comment}`;
  const write: WriteTexts = (texts) => texts.map((text) => `${commentLine(mark, text)}\n`).join('');
  return [changeTexts(change, set, write), textOfLines(linesOf(change))];
}

function whenDone({ exclusions }: AclChange, text: Draft): Draft {
  return { when: 'any', of: exclusions, text };
}

function scopesOf(exclusions: readonly Exclusion[]): readonly ExclusionScope[] {
  return [...new Map(exclusions.map(({ scope }) => [JSON.stringify([scope.method, scope.path]), scope])).values()];
}
