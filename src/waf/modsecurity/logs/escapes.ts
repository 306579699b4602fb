/**
 * Log lines are handled as Latin-1 text, one character a byte, so that escapes such as `\xc3\xa9` can be put together
 * before the whole is read as UTF-8.
 */
export function asBytes(line: Uint8Array): string {
  return asBuffer(line).toString('latin1');
}

/** The same bytes, with the methods of a buffer; nothing is copied. */
export function asBuffer(line: Uint8Array): Buffer {
  return Buffer.isBuffer(line) ? line : Buffer.from(line.buffer, line.byteOffset, line.byteLength);
}

/** Text of one character a byte, read as UTF-8; what is not UTF-8 becomes U+FFFD. */
export function asText(bytes: string): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

const beyondAscii = /[\x80-\xff]/;

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/** Undoes the escapes of ModSecurity 2 and of Go's `%q`: `\xc3`, `\n`, `\"`, `\\`, `\u00e9`. */
export function undoEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (whole, byte?: string, short?: string, long?: string, letter = '') => {
      if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
      const code = short ?? long;
      return code === undefined ? (letters[letter] ?? whole) : utf8(Number.parseInt(code, 16));
    },
  );
}

function utf8(codePoint: number): string {
  return Buffer.from(codePoint > 0x10ffff ? '\ufffd' : String.fromCodePoint(codePoint), 'utf8').toString('latin1');
}

/** What a value of libmodsecurity 3 is in its `[data "…"]` and `[tag "…"]`: quotes and backslashes stand there as `\x22` and `\x5c`. */
export function unescapeHex(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\x([0-9a-f]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}

/**
 * What a text of libmodsecurity 3 is outside of them: there a backslash stands for itself, so only `\xHH` of characters
 * that are not printable ASCII can be an escape.
 */
export function unescapeUnprintable(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\x([01][0-9a-f]|7f|[89a-f][0-9a-f])/g, (_, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
}
