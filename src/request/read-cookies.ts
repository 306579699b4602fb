import type { Pair } from '../model/request.js';

/** The cookies in a header field, in their order. */
export function cookiePairs(header: string): readonly Pair[] {
  return header.split(/; */).map((piece): Pair => {
    const equals = piece.indexOf('=');
    return equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
  });
}
