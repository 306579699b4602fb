import { TextFinder } from '../../../util/text-finder.js';
import { partAt } from './boundary.js';
import { parseIndexLine } from './concurrent-index.js';
import { asBytes } from './escapes.js';

/** What a line belongs to. */
export type LineFormat =
  /** An audit log with one JSON object a line. */
  | 'json'
  /** An audit log with entries of many lines. */
  | 'native'
  /** The index of an audit log that has a file for each entry. */
  | 'concurrent-index'
  /** The error log of Apache, nginx or a server with Coraza. */
  | 'error';

const brace = 0x7b;
const dash = 0x2d;
const bracket = 0x5b;
const slash = 0x2f;
const zero = 0x30;
const nine = 0x39;
const letterA = 0x41;
const letterM = 0x6d;
const smallA = 0x61;
const smallZ = 0x7a;
const blank = 0x20;

/** Tells formats of lines, by each line alone. */
export class LineFormats {
  readonly #modsecurity = new TextFinder('ModSecurity: ');
  readonly #coraza = new TextFinder('] Coraza: ');

  /** Begins with another chunk of lines. */
  begin(chunk: Buffer): void {
    this.#modsecurity.begin(chunk);
    this.#coraza.begin(chunk);
  }

  /** The format of the line from `start` up to `end`; nothing for a line that no engine wrote. */
  of(bytes: Buffer, start: number, end: number): LineFormat | undefined {
    const first = bytes[start] ?? 0;
    if (first === brace) return 'json';
    if (first === dash && partAt(bytes, start, end) !== '') return 'native';
    if (mayBeError(first, bytes[start + 3]) && this.#modsecurity.isIn(bytes, start, end)) return 'error';
    if (this.#coraza.isIn(bytes, start, end)) return 'error';
    return isIndexLine(bytes, start, end) ? 'concurrent-index' : undefined;
  }
}

/**
 * Error logs begin their lines with a time, with a level, or with what a user's own format begins with. A native entry has a
 * time in its first line that looks otherwise: `[22/Nov/2026:…`, and its other lines begin with capitals.
 */
function mayBeError(first: number, fourth: number | undefined): boolean {
  if (first === bracket) return fourth !== slash;
  return first === dash || (first >= zero && first <= nine) || (first >= smallA && first <= smallZ);
}

const shortestIndex = 'x - 20261123/20261123-0814/20261123-081407-x'.length;

/** ModSecurity ends an index line in `md5:`, 32 digits, and a blank that may follow. */
function isIndexLine(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < shortestIndex) return false;
  const mayHaveDigest = bytes[end - 36] === letterM || bytes[end - 37] === letterM;
  if (!mayHaveDigest && !beginsWithId(bytes, start, end)) return false;
  return parseIndexLine(asBytes(bytes, start, end)) !== undefined;
}

const longestId = 64;

/** Coraza has an id of letters, digits and hyphens, ` - `, and the path. */
function beginsWithId(bytes: Buffer, start: number, end: number): boolean {
  const last = Math.min(start + longestId, end - 3);
  let at = start;
  while (at < last && mayBeInId(bytes[at] ?? 0)) at++;
  return bytes[at] === blank && bytes[at + 1] === dash && bytes[at + 2] === blank;
}

function mayBeInId(byte: number): boolean {
  return byte === dash || (byte >= zero && byte <= nine) || (byte >= letterA && byte <= smallZ);
}
