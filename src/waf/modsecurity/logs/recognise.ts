import { parseIndexLine } from './concurrent-index.js';
import { asBytes } from './escapes.js';
import { isBoundary } from './native-entries.js';

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
const errorWords = [Buffer.from('ModSecurity: '), Buffer.from('] Coraza: ')];
const digestWord = Buffer.from(' md5:');

/** The format of a line by itself; nothing for a line that no engine wrote. */
export function recogniseLine(line: Uint8Array): LineFormat | undefined {
  if (line[0] === brace) return 'json';
  if (line[0] === dash) return isBoundary(line) ? 'native' : undefined;
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (errorWords.some((words) => bytes.includes(words))) return 'error';
  const end = bytes.subarray(-50);
  return end.includes(digestWord) && parseIndexLine(asBytes(line)) !== undefined ? 'concurrent-index' : undefined;
}
