import { dirname, resolve } from 'node:path';
import { fail } from '../../../model/error.js';
import { readBytes } from '../../../util/read-file.js';
import { type ExclusionFile, readExclusionFile } from '../exclusion-files/exclusion-file.js';

/** A file of the user's with exclusions, and where it is. */
export interface AuditFile extends ExclusionFile {
  readonly path: string;
  readonly folder: string;
}

/** More than all exclusions that a person can look after. */
const maxBytes = 1_000_000;

/**
 * Reads the files to be audited; one that is named twice is read once.
 * @throws WafproofError `AUDIT_UNREADABLE`, `AUDIT_NOTHING`
 */
export async function readAuditFiles(names: readonly string[], cwd: string): Promise<readonly AuditFile[]> {
  const paths = new Map(names.map((name) => [resolve(cwd, name), name]));
  const files = await Promise.all([...paths].map(([path, name]) => readAuditFile(path, name)));
  if (files.every(({ units }) => units.length === 0)) {
    throw fail('AUDIT_NOTHING', {}, { place: { file: names.join(', ') } });
  }
  return files;
}

async function readAuditFile(path: string, name: string): Promise<AuditFile> {
  const read = await readBytes(path, maxBytes);
  const place = { file: name };
  if (read.kind === 'missing') throw fail('AUDIT_UNREADABLE', { reason: 'there is no such file' }, { place });
  if (read.kind === 'unreadable') throw fail('AUDIT_UNREADABLE', { reason: read.reason }, { place });
  if (read.kind === 'too-large') {
    const reason = `it has ${read.bytes} bytes, and ${maxBytes} are read`;
    throw fail('AUDIT_UNREADABLE', { reason }, { place });
  }
  return { ...readExclusionFile(name, read.bytes.toString('latin1')), path, folder: dirname(path) };
}
