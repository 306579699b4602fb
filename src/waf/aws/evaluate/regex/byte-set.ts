/** A set of bytes, as a table. */
export type ByteSet = Uint8Array;

export function emptySet(): ByteSet {
  return new Uint8Array(256);
}

export function addRange(set: ByteSet, from: number, to: number): void {
  for (let byte = from; byte <= to; byte++) set[byte] = 1;
}

export function setOf(bytes: string): ByteSet {
  const set = emptySet();
  for (let at = 0; at < bytes.length; at++) set[bytes.charCodeAt(at)] = 1;
  return set;
}

export function addAll(set: ByteSet, more: ByteSet): void {
  for (let byte = 0; byte < 256; byte++) if (more[byte] === 1) set[byte] = 1;
}

export function complement(set: ByteSet): ByteSet {
  return set.map((is) => (is === 1 ? 0 : 1));
}

/** With each letter of ASCII also its other case. */
export function withBothCases(set: ByteSet): ByteSet {
  const both = Uint8Array.from(set);
  for (let upper = 65; upper <= 90; upper++) {
    if (set[upper] === 1) both[upper + 32] = 1;
    if (set[upper + 32] === 1) both[upper] = 1;
  }
  return both;
}

function ranges(...pairs: readonly (readonly [number, number])[]): ByteSet {
  const set = emptySet();
  for (const [from, to] of pairs) addRange(set, from, to);
  return set;
}

const digit = ranges([48, 57]);
const upper = ranges([65, 90]);
const lower = ranges([97, 122]);
const alpha = ranges([65, 90], [97, 122]);
const alnum = ranges([48, 57], [65, 90], [97, 122]);
const space = ranges([9, 13], [32, 32]);
export const word = ranges([48, 57], [65, 90], [95, 95], [97, 122]);
const horizontal = ranges([9, 9], [32, 32], [0xa0, 0xa0]);
const vertical = ranges([10, 13], [0x85, 0x85]);
export const anyByte = ranges([0, 255]);
export const notNewline = complement(ranges([10, 10]));

/** Classes by their letter after a backslash (PCRE's C locale). */
export const letterClasses: Readonly<Record<string, ByteSet>> = {
  d: digit,
  D: complement(digit),
  w: word,
  W: complement(word),
  s: space,
  S: complement(space),
  h: horizontal,
  H: complement(horizontal),
  v: vertical,
  V: complement(vertical),
  N: notNewline,
};

/** Classes such as `[:alpha:]`. */
export const posixClasses: Readonly<Record<string, ByteSet>> = {
  alnum,
  alpha,
  digit,
  lower,
  upper,
  space,
  word,
  ascii: ranges([0, 127]),
  blank: ranges([9, 9], [32, 32]),
  cntrl: ranges([0, 31], [127, 127]),
  graph: ranges([33, 126]),
  print: ranges([32, 126]),
  punct: ranges([33, 47], [58, 64], [91, 96], [123, 126]),
  xdigit: ranges([48, 57], [65, 70], [97, 102]),
};
