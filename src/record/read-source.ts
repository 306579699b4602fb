import { fail } from '../model/error.js';
import { type FileBytes, readBytes } from '../util/read-file.js';
import { readStandardInput } from '../util/standard-input.js';
import type { ImportSource } from './import-format.js';

/**
 * The bytes of a source.
 * @throws WafproofError `IMPORT_UNREADABLE` where there are none, or more than `limit`
 */
export async function readSource({ path, shown }: ImportSource, limit: number): Promise<Buffer> {
  const read = path === undefined ? piped(await readStandardInput(limit), limit) : await readBytes(path, limit);
  if (read.kind === 'read') return read.bytes;
  throw fail('IMPORT_UNREADABLE', { reason: reasons(read, limit) }, { place: { file: shown } });
}

function piped(bytes: Buffer, limit: number): FileBytes {
  return bytes.length > limit ? { kind: 'too-large', bytes: bytes.length } : { kind: 'read', bytes };
}

function reasons(read: Exclude<FileBytes, { readonly kind: 'read' }>, limit: number): string {
  switch (read.kind) {
    case 'missing':
      return 'there is no such file';
    case 'too-large':
      return `it is ${read.bytes} bytes long, and ${limit} are read at most; take a part of it`;
    case 'unreadable':
      return read.reason;
  }
}
