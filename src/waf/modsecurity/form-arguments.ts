/** An argument of a URL-encoded text after decoding, and where its name begins in the text, in bytes. */
export interface DecodedPair {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

/** Splits and decodes as libmodsecurity does: at each `&`, at the first `=`, and without failing on a bad escape. */
export function decodeForm(text: string): readonly DecodedPair[] {
  const pairs: DecodedPair[] = [];
  let offset = 0;
  for (const piece of text.split('&')) {
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const value = equals < 0 ? '' : piece.slice(equals + 1);
    if (piece !== '') pairs.push({ name: percentDecode(name), value: percentDecode(value), offset });
    offset += Buffer.byteLength(piece) + 1;
  }
  return pairs;
}

function percentDecode(text: string): string {
  if (!/[+%]/.test(text)) return text;
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/[^\0-\x7f]+/g, (raw) => Buffer.from(raw).toString('latin1'))
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
