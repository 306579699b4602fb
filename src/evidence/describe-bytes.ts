import { printable } from '../util/printable.js';

const longestExcerpt = 100;
/** What a log of accesses has: `"GET /path HTTP/1.1" 200`. */
const access = /"[A-Z]{3,10} \S+ HTTP\/\d(?:\.\d)?" \d{3}\b/;

/** What the beginning of a log that nobody knows looks like, in words for people. */
export function describeBytes(bytes: Buffer): string {
  if (bytes.length === 0) return 'it is empty';
  if (bytes.subarray(0, 4096).includes(0)) return 'bytes that are no text';
  const line =
    bytes
      .toString('utf8', 0, 64 * 1024)
      .split('\n')
      .find((text) => text.trim() !== '') ?? '';
  const keys = keysOf(line);
  if (keys !== undefined) return `JSON with the keys ${keys}`;
  const kind = access.test(line) ? 'lines of an access log' : 'lines';
  const excerpt = printable(line.slice(0, longestExcerpt));
  return `${kind} such as "${excerpt}${line.length > longestExcerpt ? '…' : ''}"`;
}

/** The same, with how many lines they are: `12 lines of an access log, as nginx and Apache write it`. */
export function describeLines(bytes: Buffer): string {
  const lines = bytes
    .toString('latin1')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const counted = lines.length === 1 ? 'one line' : `${lines.length} lines`;
  if (lines.length > 0 && lines.every((line) => access.test(line)))
    return `${counted} of an access log, as nginx and Apache write it`;
  const what = describeBytes(bytes);
  return what.startsWith('lines ') ? `${counted}${what.slice('lines'.length)}` : what;
}

function keysOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const keys = Object.keys(value).slice(0, 8);
    return keys.map((key) => printable(key.slice(0, 40))).join(', ');
  } catch {
    return undefined;
  }
}
