import { createHash } from 'node:crypto';
import type { Case, RandomValue } from '../model/case.js';
import { fillerOf, fillRequest } from './fill-request.js';

/** The seed where none is given: runs are the same unless somebody asks for another. */
export const defaultSeed = 1;

/** Which values a sending gets: the same of both, the same values, in whatever order cases are sent. */
export interface Draw {
  readonly seed: number;
  /** The number of the sending of its case, from 0. */
  readonly turn: number;
}

/** The case as it is sent in one turn, with a value for each `!random`. */
export function withRandomValues(one: Case, draw: Draw): Case {
  const { randomValues = [] } = one;
  if (randomValues.length === 0) return one;
  const values = randomValues.map((value) => ({ token: value.token, value: drawnValue(value, draw) }));
  return { ...one, request: fillRequest(one.request, fillerOf(values)) };
}

/** `token` uses the alphabet of base64url (RFC 4648 section 5), as session ids and reset links do. */
function drawnValue({ form, length, token }: RandomValue, { seed, turn }: Draw): string {
  const bytes = (count: number) => derivedBytes(`${seed}\0${turn}\0${token}`, count);
  switch (form) {
    case 'uuid':
      return uuidOf(bytes(16));
    case 'hex':
      return bytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length);
    case 'base64':
      return bytes((length / 4) * 3).toString('base64');
    case 'token':
      return bytes(length).toString('base64url').slice(0, length);
  }
}

/** RFC 9562 section 5.4: version 4, variant 10. */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** SHA-256 in counter mode. */
function derivedBytes(from: string, count: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, i) =>
    createHash('sha256').update(`${from}\0${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}
