const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const fourHex = /^[0-9a-fA-F]{4}$/;

/** A string of a JSON text; bytes are characters of latin1, and escapes become UTF-8. */
export interface JsonString {
  /** As it stands between its quotes. */
  readonly raw: string;
  readonly decoded: string;
  /** Behind the closing quote; the end of the text where there is none. */
  readonly end: number;
  readonly isClosed: boolean;
  /** It has an escape or a control character that JSON forbids. */
  readonly isDoubtful: boolean;
}

/** @param start of the opening quote */
export function readJsonString(text: string, start: number): JsonString {
  let hasEscapes = false;
  let isDoubtful = false;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return ended(text.slice(start + 1, at), at + 1, { hasEscapes, isDoubtful, isClosed: true });
    if (code === 0x5c) {
      hasEscapes = true;
      at++;
    } else if (code < 0x20) isDoubtful = true;
  }
  return ended(text.slice(start + 1), text.length, { hasEscapes, isDoubtful, isClosed: false });
}

function ended(
  raw: string,
  end: number,
  seen: { readonly hasEscapes: boolean; readonly isDoubtful: boolean; readonly isClosed: boolean },
): JsonString {
  const decoded = seen.hasEscapes ? decodeEscapes(raw) : raw;
  return {
    raw,
    decoded: decoded ?? raw,
    end,
    isClosed: seen.isClosed,
    isDoubtful: seen.isDoubtful || decoded === undefined,
  };
}

/** Nothing where an escape is not one of JSON's. */
function decodeEscapes(raw: string): string | undefined {
  const pieces: string[] = [];
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    pieces.push(raw.slice(from, at));
    const one = readEscape(raw, at + 1);
    if (one === undefined) return undefined;
    pieces.push(one.text);
    from = one.end;
  }
  pieces.push(raw.slice(from));
  return pieces.join('');
}

function readEscape(raw: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const letter = raw.charAt(at);
  if (letter !== 'u') {
    const text = simpleEscapes[letter];
    return text === undefined ? undefined : { text, end: at + 1 };
  }
  const high = hexAt(raw, at + 1);
  if (high === undefined) return undefined;
  const low = high >= 0xd800 && high < 0xdc00 && raw.startsWith('\\u', at + 5) ? hexAt(raw, at + 7) : undefined;
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return { text: utf8(String.fromCharCode(high)), end: at + 5 };
  return { text: utf8(String.fromCharCode(high, low)), end: at + 11 };
}

function hexAt(raw: string, at: number): number | undefined {
  const digits = raw.slice(at, at + 4);
  return fourHex.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}
