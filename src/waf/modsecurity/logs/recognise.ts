import { parseIndexLine } from './concurrent-index.js';
import { asBuffer, asBytes } from './escapes.js';
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
const bracket = 0x5b;
const letterM = 0x6d;
/** Of `md5:`, 32 digits, and a blank that may follow, as ModSecurity has them in an index. */
const digestLengths = [36, 37];
/** What stands before the path in an index of Coraza. */
const corazaIndex = Buffer.from(' - ');
/** Where it stands: after an id. */
const longestId = 64;
const errorWords = [Buffer.from('ModSecurity: '), Buffer.from('] Coraza: ')];

/** The format of a line by itself; nothing for a line that no engine wrote. */
export function recogniseLine(line: Uint8Array): LineFormat | undefined {
  if (line[0] === brace) return 'json';
  if (line[0] === dash && isBoundary(line)) return 'native';
  if (mayBeError(line)) return 'error';
  return mayBeIndex(line) && parseIndexLine(asBytes(line)) !== undefined ? 'concurrent-index' : undefined;
}

/** Error logs begin their lines with a time, and Coraza with `[client "…"]`. */
function mayBeError(line: Uint8Array): boolean {
  const [first = 0] = line;
  const begins = first === bracket || (first >= 0x30 && first <= 0x39);
  return begins && errorWords.some((words) => asBuffer(line).includes(words));
}

function mayBeIndex(line: Uint8Array): boolean {
  if (digestLengths.some((length) => line[line.length - length] === letterM)) return true;
  return asBuffer(line.subarray(0, longestId + corazaIndex.length)).includes(corazaIndex);
}
