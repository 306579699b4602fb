import { deflateRawSync } from 'node:zlib';

/** A file to be packed, and what is to be wrong with it. */
export interface Packed {
  readonly name: string;
  readonly content: Buffer;
  readonly isStored?: boolean;
  /** The content is packed already. */
  readonly isPacked?: boolean;
  /** What the archive says of its size. */
  readonly size?: number;
  /** As Unix has it, such as 0o120777 for a link. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip archive (PKWARE APPNOTE 6.3); sums are not filled in, as nobody reads them. */
export function zipOf(files: readonly Packed[], comment: Buffer = Buffer.alloc(0)): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const one of files) {
    const data = one.isStored === true || one.isPacked === true ? one.content : deflateRawSync(one.content);
    const fields = fieldsOf(one, data);
    const local = Buffer.concat([u32(0x04034b50), u16(20), fields, u16(0), Buffer.from(one.name), data]);
    directory.push(entryOf(one, fields, at));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const counts = Buffer.concat([u16(0), u16(0), u16(files.length), u16(files.length)]);
  const end = Buffer.concat([u32(0x06054b50), counts, u32(list.length), u32(at), u16(comment.length), comment]);
  return Buffer.concat([...parts, list, end]);
}

/** What both records of a file have: from the flags to the length of its name. */
function fieldsOf({ name, content, isStored, size, flags = 0, method }: Packed, data: Buffer): Buffer {
  return Buffer.concat([
    u16(flags),
    u16(method ?? (isStored === true ? 0 : 8)),
    u32(0),
    u32(0),
    u32(data.length),
    u32(size ?? content.length),
    u16(Buffer.byteLength(name)),
  ]);
}

function entryOf({ name, mode = 0o100644 }: Packed, fields: Buffer, at: number): Buffer {
  const rest = Buffer.concat([u16(0), u16(0), u16(0), u16(0), u32(mode * 0x10000), u32(at)]);
  return Buffer.concat([u32(0x02014b50), u16(0x031e), u16(20), fields, rest, Buffer.from(name)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
