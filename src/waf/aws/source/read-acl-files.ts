import { fail } from '../../../model/error.js';
import type { FileText } from '../../../util/read-file.js';
import type { AclSource } from '../acl/web-acl.js';
import { joinResources } from './acl-document.js';
import { chooseAcl } from './choose-acl.js';
import { parseFiles, type TextFile } from './parse-files.js';

/** Reads the text of a file. */
export type ReadFile = (file: string) => Promise<FileText>;

interface NamedText extends TextFile {
  /** The web ACL that was named behind `#`. */
  readonly wanted?: string;
}

/**
 * Reads one web ACL, and the files with what it refers to: answers of the API, templates of CloudFormation, plans, states
 * and source of Terraform. Where there are several web ACLs, `FILE#NAME` names one by its logical id, address or name.
 *
 * @throws WafproofError `ACL_UNREADABLE`, `ACL_INVALID`, `ACL_MISSING`, `ACL_SEVERAL`, `ACL_NOT_FOUND`
 */
export async function readAclFiles(files: readonly string[], read: ReadFile): Promise<AclSource> {
  const texts = await Promise.all(files.map((file) => readNamed(file, read)));
  const documents = await parseFiles(texts);
  const { file, document, acl } = chooseAcl(documents.map((it, index) => ({ ...namedAt(texts, index), document: it })));
  const resources = joinResources([...documents.map((it) => it.resources), document.resources]);
  return { acl, resources, format: document.format, file };
}

function namedAt(texts: readonly NamedText[], index: number): Omit<NamedText, 'text'> {
  const { file = '', wanted } = texts[index] ?? {};
  return { file, ...(wanted !== undefined && { wanted }) };
}

/** A `#` may be part of a file's name: what is there under the whole name is that file. */
async function readNamed(argument: string, read: ReadFile): Promise<NamedText> {
  const whole = await read(argument);
  const hash = argument.lastIndexOf('#');
  if (whole.kind !== 'missing' || hash < 1) return { file: argument, text: textOf(whole, argument) };
  const file = argument.slice(0, hash);
  return { file, wanted: argument.slice(hash + 1), text: textOf(await read(file), file) };
}

function textOf(read: FileText, file: string): string {
  if (read.kind === 'read') return read.text;
  throw fail('ACL_UNREADABLE', { reason: unreadable(read) }, { place: { file } });
}

function unreadable(read: Exclude<FileText, { readonly kind: 'read' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'there is no such file';
    case 'not-text':
      return 'it is not UTF-8 text';
    case 'too-large':
      return `it is ${read.bytes} bytes long, and no source of a web ACL is`;
    case 'unreadable':
      return read.reason;
  }
}
