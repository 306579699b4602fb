import { inflateRawSync } from 'node:zlib';

/** A file of a zip archive. */
export interface ZipFile {
  /** Its path in the archive; hostile until it is checked. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** What an archive may come to. */
export interface ZipLimits {
  /** Bytes of all files that are read, unpacked. */
  readonly mostBytes: number;
  /** Which files are read; the others are passed over. */
  readonly wants: (name: string) => boolean;
}

const signatures = { end: 0x06054b50, directory: 0x02014b50, file: 0x04034b50 };
const endBytes = 22;
const longestComment = 65_535;
/** Of the upper half of the attributes that Unix writes: the kind of a file. */
const kindMask = 0o170000;
const regular = 0o100000;

/**
 * The regular files of a zip archive (PKWARE APPNOTE 6.3), as its directory lists them. Node has the decompression; what is left are
 * two fixed records, so that this needs no package. Folders are passed over.
 * @throws Error for what is damaged, no file, encrypted, in parts, larger than 4 GB or than is allowed
 */
export function* readZip(archive: Uint8Array, { mostBytes, wants }: ZipLimits): Generator<ZipFile, void, undefined> {
  const view = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let left = mostBytes;
  for (const entry of directoryOf(view)) {
    if (entry.name.endsWith('/') || !wants(entry.name)) continue;
    if (!entry.isRegular) throw new Error(`${JSON.stringify(entry.name.slice(0, 80))} is a link or a device`);
    const content = contentOf(entry, view, left);
    left -= content.length;
    yield { name: entry.name, content };
  }
}

interface Entry {
  readonly name: string;
  readonly isRegular: boolean;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

function* directoryOf(view: Buffer): Generator<Entry, void, undefined> {
  const end = endOf(view);
  const count = view.readUInt16LE(end + 10);
  let at = view.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff)
    throw new Error('it is larger than a zip archive without extensions can be');
  for (let read = 0; read < count; read++) {
    need(view, at, 46, signatures.directory);
    const nameLength = view.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    if (next > end) throw new Error('its directory is damaged');
    yield entryAt(view, at, view.toString('utf8', at + 46, at + 46 + nameLength));
    at = next;
  }
}

function entryAt(view: Buffer, at: number, name: string): Entry {
  const kind = (view.readUInt32LE(at + 38) >>> 16) & kindMask;
  return {
    name,
    isRegular: kind === 0 || kind === regular,
    isEncrypted: (view.readUInt16LE(at + 8) & 1) === 1,
    method: view.readUInt16LE(at + 10),
    packed: view.readUInt32LE(at + 20),
    size: view.readUInt32LE(at + 24),
    at: view.readUInt32LE(at + 42),
  };
}

/** The last record of its kind, behind which nothing but a comment stands. */
function endOf(view: Buffer): number {
  const first = Math.max(0, view.length - endBytes - longestComment);
  for (let at = view.length - endBytes; at >= first; at--) {
    const isEnd = view.readUInt32LE(at) === signatures.end;
    if (isEnd && at + endBytes + view.readUInt16LE(at + 20) === view.length) return at;
  }
  throw new Error('it has no end as a zip archive has one');
}

function need(view: Buffer, at: number, length: number, signature: number): void {
  if (at + length > view.length || view.readUInt32LE(at) !== signature) throw new Error('it is damaged');
}

function contentOf({ name, isEncrypted, method, packed, size, at }: Entry, view: Buffer, left: number): Uint8Array {
  if (isEncrypted) throw new Error(`${JSON.stringify(name.slice(0, 80))} is encrypted`);
  if (size > left) throw new Error('it unpacks to more than is allowed');
  need(view, at, 30, signatures.file);
  const begin = at + 30 + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28);
  if (begin + packed > view.length) throw new Error('it is damaged');
  const bytes = view.subarray(begin, begin + packed);
  if (method === 0) return bytes;
  if (method !== 8) throw new Error(`${JSON.stringify(name.slice(0, 80))} is packed in a way that is not known`);
  const content = inflateRawSync(bytes, { maxOutputLength: Math.max(1, left) });
  if (content.length !== size) throw new Error('it is damaged');
  return content;
}
