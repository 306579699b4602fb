import { fail } from '../../../model/error.js';
import { nameSome } from '../../../util/name-some.js';
import type { WebAcl } from '../acl/web-acl.js';
import type { AclDocument } from './acl-document.js';

/** A file that was named, and which web ACL in it. */
export interface AclFile {
  readonly file: string;
  readonly wanted?: string;
  readonly document: AclDocument;
}

interface Choice {
  readonly file: string;
  readonly document: AclDocument;
  readonly name: string;
  readonly acl: WebAcl;
}

/**
 * The one web ACL among all that the files hold.
 *
 * @throws WafproofError `ACL_MISSING`, `ACL_SEVERAL`, `ACL_NOT_FOUND`
 */
export function chooseAcl(files: readonly AclFile[]): Choice {
  const choices = files.flatMap(choicesOf);
  const [choice, other] = choices;
  if (choice === undefined) throw fail('ACL_MISSING', {}, placeOf(files));
  if (other === undefined) return choice;
  const example = `${choice.file}#${choice.name}`;
  throw fail('ACL_SEVERAL', { names: nameSome(choices.map(({ name }) => name)), example }, placeOf(files));
}

function choicesOf({ file, wanted, document }: AclFile): readonly Choice[] {
  const all = document.acls.map(({ id, acl }) => ({ file, document, name: id, acl }));
  if (wanted === undefined) return all;
  const found = all.filter(({ name, acl }) => name === wanted || acl.name === wanted);
  if (found.length > 0) return found;
  const known = all.length === 0 ? 'none' : nameSome(all.map(({ name }) => name));
  throw fail('ACL_NOT_FOUND', { name: wanted, known }, { place: { file } });
}

function placeOf([first]: readonly AclFile[]) {
  return first === undefined ? {} : { place: { file: first.file } };
}
