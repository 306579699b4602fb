import { createHash } from 'node:crypto';
import { cmdLine, cmdLineUnix, cmdLineWin, lower, upper } from './command-line.js';
import { removeCommentsChar, replaceComments } from './comments.js';
import { base64Decode, base64DecodeExt, hexDecode, sqlHexDecode } from './encodings.js';
import { cssDecode, escapeSeqDecode, jsDecode, jsDecodeExt } from './escapes.js';
import { htmlEntityDecode } from './html-entities.js';
import { normalizePath, normalizePathWin } from './paths.js';
import type { Transformation } from './transformation.js';
import { utf8ToUnicode } from './unicode.js';
import { urlDecode, urlDecodeUni } from './url.js';
import { compressWhiteSpace, removeWhitespace, trim, trimLeft, trimRight } from './whitespace.js';

/** By their names in the API (`TextTransformationType`). */
const table: ReadonlyMap<string, Transformation> = new Map<string, Transformation>([
  ['LOWERCASE', lower],
  ['UPPERCASE', upper],
  ['URL_DECODE', urlDecode],
  ['URL_DECODE_UNI', urlDecodeUni],
  ['HTML_ENTITY_DECODE', htmlEntityDecode],
  ['COMPRESS_WHITE_SPACE', compressWhiteSpace],
  ['REMOVE_WHITESPACE', removeWhitespace],
  ['TRIM', trim],
  ['TRIM_LEFT', trimLeft],
  ['TRIM_RIGHT', trimRight],
  ['CMD_LINE', cmdLine],
  ['CMD_LINE_UNIX', cmdLineUnix],
  ['CMD_LINE_WIN', cmdLineWin],
  ['BASE64_DECODE', base64Decode],
  ['BASE64_DECODE_EXT', base64DecodeExt],
  ['HEX_DECODE', hexDecode],
  ['SQL_HEX_DECODE', sqlHexDecode],
  ['ESCAPE_SEQ_DECODE', escapeSeqDecode],
  ['CSS_DECODE', cssDecode],
  ['JS_DECODE', jsDecode],
  ['JS_DECODE_EXT', jsDecodeExt],
  ['NORMALIZE_PATH', normalizePath],
  ['NORMALIZE_PATH_WIN', normalizePathWin],
  ['REPLACE_COMMENTS', replaceComments],
  ['REMOVE_COMMENTS_CHAR', removeCommentsChar],
  ['REMOVE_NULLS', (text) => text.replaceAll('\0', '')],
  ['REPLACE_NULLS', (text) => text.replaceAll('\0', ' ')],
  ['UTF8_TO_UNICODE', utf8ToUnicode],
  ['MD5', (text) => digest('md5', text)],
  ['SHA256', (text) => digest('sha256', text)],
]);

/** More readings than these are not followed. */
const mostReadings = 64;

/** All that several transformations can make of a text, or nothing where that is too much to follow. */
export type Chain = (text: string) => string | readonly string[] | undefined;

/** The transformations one after the other, or the name of one that is not known. */
export function chainOf(names: readonly string[]): Chain | { readonly unknown: string } {
  const steps: Transformation[] = [];
  for (const name of names) {
    if (name === 'NONE') continue;
    const step = table.get(name);
    if (step === undefined) return { unknown: name };
    steps.push(step);
  }
  return (text) => run(steps, text);
}

function run(steps: readonly Transformation[], text: string): string | readonly string[] | undefined {
  let now: string | readonly string[] = text;
  for (const step of steps) {
    now = typeof now === 'string' ? step(now) : spread(now, step);
    if (now.length > mostReadings && typeof now !== 'string') return undefined;
  }
  return now;
}

function spread(texts: readonly string[], step: Transformation): string | readonly string[] {
  const different = [...new Set(texts.flatMap((text) => step(text)))];
  return different.length === 1 && different[0] !== undefined ? different[0] : different;
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text, 'latin1').digest('binary');
}
