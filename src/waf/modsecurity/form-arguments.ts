/** An argument of a URL-encoded text after decoding, and where its name begins in the text, in bytes. */
export interface DecodedPair {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
  /** Lengths after decoding, in bytes: bytes that are no UTF-8 are not what their replacements are. */
  readonly nameLength: number;
  readonly valueLength: number;
}

/**
 * Splits and decodes as libmodsecurity does: at each `&`, at the first `=`, and without failing on a bad escape.
 * @param form text, or bytes that need not be any
 */
export function decodeForm(form: string | Uint8Array): readonly DecodedPair[] {
  const pairs: DecodedPair[] = [];
  let offset = 0;
  for (const piece of Buffer.from(form).toString('latin1').split('&')) {
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const value = equals < 0 ? '' : piece.slice(equals + 1);
    if (piece !== '') pairs.push(decoded(percentDecode(name), percentDecode(value), offset));
    offset += piece.length + 1;
  }
  return pairs;
}

function decoded(name: Buffer, value: Buffer, offset: number): DecodedPair {
  const texts = { name: name.toString('utf8'), value: value.toString('utf8') };
  return { ...texts, offset, nameLength: name.length, valueLength: value.length };
}

/** @param bytes one character a byte, as those of what is returned */
function percentDecode(bytes: string): Buffer {
  if (!bytes.includes('%') && !bytes.includes('+')) return Buffer.from(bytes, 'latin1');
  const decoded = bytes
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
