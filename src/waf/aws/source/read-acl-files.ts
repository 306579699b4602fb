import { fail } from '../../../model/error.js';
import type { JsonValue } from '../../../model/request.js';
import type { FileText } from '../../../util/read-file.js';
import { reasonOf } from '../../../util/reason-of.js';
import type { AclSource } from '../acl/web-acl.js';
import { type AclDocument, joinResources } from './acl-document.js';
import { type AclFile, chooseAcl } from './choose-acl.js';
import { readApi } from './read-api.js';

/** Reads the text of a file. */
export type ReadFile = (file: string) => Promise<FileText>;

/**
 * Reads one web ACL, and the files with what it refers to. The formats are told apart by what is in the files. Where a
 * file holds several web ACLs, `FILE#NAME` names one by its logical id, address or name.
 *
 * @throws WafproofError `ACL_UNREADABLE`, `ACL_INVALID`, `ACL_MISSING`, `ACL_SEVERAL`, `ACL_NOT_FOUND`
 */
export async function readAclFiles(files: readonly string[], read: ReadFile): Promise<AclSource> {
  const named = await Promise.all(files.map((file) => readNamed(file, read)));
  const { file, document, acl } = chooseAcl(named);
  const resources = joinResources([...named.map(({ document: { resources } }) => resources), document.resources]);
  return { acl, resources, format: document.format, file };
}

/** A `#` may be part of a file's name: what is there under the whole name is that file. */
async function readNamed(argument: string, read: ReadFile): Promise<AclFile> {
  const whole = await read(argument);
  const hash = argument.lastIndexOf('#');
  if (whole.kind !== 'missing' || hash < 1)
    return { file: argument, document: parse(textOf(whole, argument), argument) };
  const file = argument.slice(0, hash);
  return { file, wanted: argument.slice(hash + 1), document: parse(textOf(await read(file), file), file) };
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

function parse(text: string, file: string): AclDocument {
  const document = readApi(parseJson(text, file));
  if (document === undefined) throw fail('ACL_INVALID', { reason: 'nothing in it is known here' }, { place: { file } });
  return document;
}

function parseJson(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail('ACL_INVALID', { reason: `it is not JSON (${reasonOf(error)})` }, { place: { file }, cause: error });
  }
}
