import { asBuffer } from '../../util/split-lines.js';

const feed = 0x0a;
const equals = 0x3d;
/** A field whose value has line feeds in it begins with its length, in bytes and as many. */
const lengthBytes = 8;
const longestEntry = 64 * 1024 * 1024;
const lineFeed = Buffer.from('\n');
/** What a reader of the journal's JSON looks at. */
const wanted = new Set([
  'MESSAGE',
  '__REALTIME_TIMESTAMP',
  '_HOSTNAME',
  '_SYSTEMD_UNIT',
  '_TRANSPORT',
  'SYSLOG_IDENTIFIER',
  'CONTAINER_NAME',
  'CONTAINER_PARTIAL_MESSAGE',
  'CONTAINER_PARTIAL_LAST',
]);

/**
 * Rewrites `journalctl -o export` as the lines of `-o json`: an entry is a block of `FIELD=value` lines, or `FIELD`, a line
 * feed, the value's length as 64 bits with the lowest byte first, the value and a line feed; an empty line ends it.
 */
export class JournalExport {
  #rest: Buffer = Buffer.alloc(0);
  #fields: Record<string, string | readonly number[]> = {};

  /** The entries that these bytes complete, a line each. */
  push(bytes: Uint8Array): Buffer {
    const whole = Buffer.concat([this.#rest, asBuffer(bytes)]);
    const lines: Buffer[] = [];
    let at = 0;
    for (let next = this.#field(whole, 0, lines); next > at; next = this.#field(whole, at, lines)) at = next;
    const rest = whole.subarray(at);
    this.#rest = rest.length > longestEntry ? Buffer.alloc(0) : Buffer.from(rest);
    return Buffer.concat(lines);
  }

  /** Takes the field at a place. Tells where the next one begins, or the same place where this one has not come yet. */
  #field(bytes: Buffer, at: number, lines: Buffer[]): number {
    const end = bytes.indexOf(feed, at);
    if (end < 0) return at;
    if (end === at) this.#finish(lines);
    const split = bytes.subarray(at, end).indexOf(equals);
    if (end === at || split >= 0) {
      if (split >= 0) this.#keep(bytes.toString('latin1', at, at + split), bytes.subarray(at + split + 1, end));
      return end + 1;
    }
    return this.#long(bytes, at, end);
  }

  #long(bytes: Buffer, at: number, end: number): number {
    const start = end + 1 + lengthBytes;
    if (bytes.length < start) return at;
    const length = Number(bytes.readBigUInt64LE(end + 1));
    if (length > longestEntry) return end + 1;
    if (bytes.length <= start + length) return at;
    if (bytes[start + length] !== feed) return end + 1;
    this.#keep(bytes.toString('latin1', at, end), bytes.subarray(start, start + length));
    return start + length + 1;
  }

  /** The first of several fields of a name counts. */
  #keep(name: string, value: Buffer): void {
    if (!wanted.has(name) || Object.hasOwn(this.#fields, name)) return;
    this.#fields[name] = name === 'MESSAGE' ? [...value] : value.toString('utf8');
  }

  #finish(lines: Buffer[]): void {
    const entry = this.#fields;
    this.#fields = {};
    if (Object.keys(entry).length > 0) lines.push(Buffer.from(JSON.stringify(entry)), lineFeed);
  }
}
