import { gunzipSync } from 'node:zlib';
import { fail } from '../../model/error.js';
import { decodeUtf8, withoutMark } from '../../util/read-file.js';
import { reasonOf } from '../../util/reason-of.js';
import { readZip } from '../../util/zip-reader.js';
import type { ImportSource } from '../import-format.js';
import { localFiles, type ReadLocal } from '../local-files.js';
import { readSource } from '../read-source.js';

/** The largest archive, unpacked: 100 MB. Most of one is what came back, which a browser can leave out. */
const maxHar = 100 * 1024 * 1024;

/** What a source holds: archives, and the files that they name (`_file`). */
export interface OpenArchive {
  readonly texts: readonly string[];
  readonly read: ReadLocal;
}

/** Opens an HTTP archive, one in gzip, or a zip archive as Playwright writes it, with bodies beside the archive. */
export async function openArchive(source: ImportSource, allowOutside: boolean | undefined): Promise<OpenArchive> {
  const bytes = await readSource(source, maxHar);
  const beside = localFiles(source.folder, allowOutside);
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      return { texts: [textOf(gunzipSync(bytes, { maxOutputLength: maxHar }))], read: beside };
    return bytes.toString('latin1', 0, 4) === 'PK\x03\x04' ? ofZip(bytes) : { texts: [textOf(bytes)], read: beside };
  } catch (error) {
    throw fail(
      'IMPORT_INVALID',
      { reason: `it cannot be unpacked: ${reasonOf(error)}` },
      { place: { file: source.shown } },
    );
  }
}

function ofZip(bytes: Buffer): OpenArchive {
  const files = new Map<string, Buffer>();
  for (const { name, content } of readZip(bytes, { mostBytes: maxHar, wants: () => true }))
    files.set(name, Buffer.from(content));
  const archives = [...files].filter(([name]) => /\.har$/i.test(name) && !name.startsWith('__MACOSX/'));
  if (archives.length === 0) throw new Error('no file in it ends in .har');
  return {
    texts: archives.map(([, content]) => textOf(content)),
    read: async (path) => {
      const content = files.get(path);
      return content === undefined
        ? { kind: 'missing', reason: `${path} is not in the archive` }
        : { kind: 'bytes', bytes: content };
    },
  };
}

/** Older tools write Latin-1, and Windows UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return withoutMark(bytes.toString('utf16le'));
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return withoutMark(
      Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le'),
    );
  return withoutMark(decodeUtf8(bytes) ?? bytes.toString('latin1'));
}
