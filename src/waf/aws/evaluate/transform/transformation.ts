/**
 * A text transformation. Texts hold one byte a character. Where AWS does not say what comes of a text, it yields every
 * reading that makes sense, the likeliest first.
 */
export type Transformation = (text: string) => string | readonly string[];

/** The readings without repetition: one text where they are all the same. */
export function readings(...texts: readonly string[]): string | readonly string[] {
  const different = [...new Set(texts)];
  return different.length === 1 && different[0] !== undefined ? different[0] : different;
}

export function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

export function isOctal(code: number): boolean {
  return code >= 48 && code <= 55;
}

/** The byte that two hexadecimal digits stand for. */
export function hexByte(text: string, at: number): string {
  return String.fromCharCode(Number.parseInt(text.slice(at, at + 2), 16));
}

/** Whether so many hexadecimal digits begin here. */
export function hasHex(text: string, at: number, count: number): boolean {
  if (at + count > text.length) return false;
  for (let index = at; index < at + count; index++) if (!isHex(text.charCodeAt(index))) return false;
  return true;
}

/** Four hexadecimal digits as one byte: full-width forms (FF01 to FF5E) as what they look like, else the lower byte. */
export function byteOfUnicode(text: string, at: number): string {
  const code = Number.parseInt(text.slice(at, at + 4), 16);
  const low = code & 0xff;
  return String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? low + 0x20 : low);
}

/** Replaces what begins with a character, piece by piece: `take` says what comes of it, and where to go on. */
export function replaceAt(
  text: string,
  mark: string,
  take: (at: number) => { readonly text: string; readonly end: number },
): string {
  let at = text.indexOf(mark);
  if (at === -1) return text;
  const pieces: string[] = [];
  let from = 0;
  while (at !== -1) {
    pieces.push(text.slice(from, at));
    const taken = take(at);
    pieces.push(taken.text);
    from = taken.end;
    at = text.indexOf(mark, from);
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
