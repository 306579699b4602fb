import type { Pair } from '../../../../model/request.js';
import { cookieWindow, type Window } from './oversize.js';

/** The cookies of a request, from all its Cookie headers. A piece without `=` is a name without a value. */
export function readCookies(headers: readonly string[]): Window {
  return cookieWindow(headers.flatMap((header) => header.split(';')).flatMap(cookie));
}

function cookie(piece: string): readonly Pair[] {
  const text = withoutSpaces(piece);
  if (text === '') return [];
  const end = text.indexOf('=');
  return [end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]];
}

function withoutSpaces(piece: string): string {
  let from = 0;
  let to = piece.length;
  while (from < to && isSpace(piece.charCodeAt(from))) from++;
  while (to > from && isSpace(piece.charCodeAt(to - 1))) to--;
  return piece.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
