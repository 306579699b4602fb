import { readings } from './transformation.js';

const whitespace = /[\f\t\n\r\v\xa0 ]+/g;

/** White space becomes one space. A byte 160 may belong to another character of UTF-8: then both readings are yielded. */
export function compressWhiteSpace(text: string): string | readonly string[] {
  return withoutNbspInUtf8(text, (from) => from.replace(whitespace, ' '));
}

export function removeWhitespace(text: string): string | readonly string[] {
  return withoutNbspInUtf8(text, (from) => from.replace(whitespace, ''));
}

export function trim(text: string): string | readonly string[] {
  return readings(...trimmed(text, true, true));
}

export function trimLeft(text: string): string | readonly string[] {
  return readings(...trimmed(text, true, false));
}

export function trimRight(text: string): string | readonly string[] {
  return readings(...trimmed(text, false, true));
}

/** With and without the byte 160 as white space. */
function trimmed(text: string, left: boolean, right: boolean): readonly string[] {
  return ['\f\t\n\r\v ', '\f\t\n\r\v \xa0'].map((spaces) => {
    let from = 0;
    let to = text.length;
    while (left && from < to && spaces.includes(text.charAt(from))) from++;
    while (right && to > from && spaces.includes(text.charAt(to - 1))) to--;
    return text.slice(from, to);
  });
}

/** Bytes of UTF-8 that have 160 in them, and are not the non-breaking space itself. */
function withoutNbspInUtf8(text: string, act: (text: string) => string): string | readonly string[] {
  if (!text.includes('\xa0')) return act(text);
  const asCharacters = Buffer.from(text, 'latin1').toString();
  if (asCharacters.includes('\ufffd') || !/[\x80-\xff]\xa0/.test(text)) return act(text);
  return readings(act(text), Buffer.from(act(asCharacters)).toString('latin1'));
}
