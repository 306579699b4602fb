import { hasHex, hexByte, isHex, readings, replaceAt } from './transformation.js';

const wholeBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const noBase64 = /[^A-Za-z0-9+/]+/g;

/** What becomes of a text that is not base64 is not documented: it may stay, end at the fault, or vanish. */
export function base64Decode(text: string): string | readonly string[] {
  if (wholeBase64.test(text)) return decoded(text);
  const valid = text.search(noBase64);
  const before = valid === -1 ? text : text.slice(0, valid);
  return readings(text, decoded(before), decoded(text.replace(noBase64, '')), '');
}

/** Passes over what is not base64. Whether what stands behind an equals sign is read on is not documented. */
export function base64DecodeExt(text: string): string | readonly string[] {
  const ends = text.indexOf('=');
  const all = decoded(text.replace(noBase64, ''));
  const toEnd = ends === -1 ? all : decoded(text.slice(0, ends).replace(noBase64, ''));
  return /[-_]/.test(text)
    ? readings(all, toEnd, decoded(text.replace(/-/g, '+').replace(/_/g, '/').replace(noBase64, '')))
    : readings(all, toEnd);
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

/** A text of hexadecimal digits becomes bytes; for any other it is not documented. */
export function hexDecode(text: string): string | readonly string[] {
  const digits = hexLength(text, 0);
  const pairs = digits - (digits % 2);
  const bytes = Buffer.from(text.slice(0, pairs), 'hex').toString('latin1');
  return pairs === text.length ? bytes : readings(text, bytes, bytes + text.slice(pairs), '');
}

function hexLength(text: string, from: number): number {
  let end = from;
  while (end < text.length && isHex(text.charCodeAt(end))) end++;
  return end - from;
}

/** `0x414243` becomes `ABC`, wherever it stands; of an odd number of digits the last is in doubt. */
export function sqlHexDecode(text: string): string | readonly string[] {
  const strict = sqlHex(text, false);
  return readings(sqlHex(text, true), strict);
}

function sqlHex(text: string, takesOdd: boolean): string {
  return replaceAt(text, '0', (at) => {
    const isLiteral = text.charAt(at + 1) === 'x' || text.charAt(at + 1) === 'X';
    const digits = isLiteral && hasHex(text, at + 2, 2) ? hexLength(text, at + 2) : 0;
    if (digits === 0 || (digits % 2 === 1 && !takesOdd)) return { text: '0', end: at + 1 };
    const pieces: string[] = [];
    const end = at + 2 + digits - (digits % 2);
    for (let pair = at + 2; pair < end; pair += 2) pieces.push(hexByte(text, pair));
    return { text: pieces.join(''), end };
  });
}
