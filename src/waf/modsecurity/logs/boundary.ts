import { asBytes } from './escapes.js';

/** What is the same in all boundaries of an entry. */
export interface EntryId {
  readonly engine: NativeEngine;
  /** What a boundary begins with: `--3e8fba2e-` */
  readonly start: string;
}

export type NativeEngine = 'v2' | 'v3' | 'coraza';

const dash = 0x2d;
const letterA = 0x41;
const letterZ = 0x5a;
const shortest = '--3e8fba2e-A--'.length;
const longest = '--MSnSMKxyNrUiQRXb-A--'.length;
/** The part's letter and two dashes. */
const endLength = 3;

/** The letter of the part that the line from `start` up to `end` would begin; empty for a line that begins none. */
export function partAt(bytes: Buffer, start: number, end: number): string {
  if (bytes[start] !== dash || bytes[start + 1] !== dash || bytes[end - 1] !== dash || bytes[end - 2] !== dash)
    return '';
  const letter = bytes[end - endLength] ?? 0;
  const isPart = end - start >= shortest && end - start <= longest && letter >= letterA && letter <= letterZ;
  return isPart ? String.fromCharCode(letter) : '';
}

/** Whether a boundary is one of an entry. */
export function isOf(entry: EntryId, bytes: Buffer, start: number, end: number): boolean {
  const { length } = entry.start;
  if (end - start !== length + endLength) return false;
  for (let at = 0; at < length; at++) if (bytes[start + at] !== entry.start.charCodeAt(at)) return false;
  return true;
}

// --3e8fba2e- (ModSecurity 2) · ---eFzVYOvk--- (libmodsecurity 3) · --MSnSMKxyNrUiQRXb- (Coraza)
const idPattern = /^(?:(--[0-9a-f]{8}-)|(---[0-9A-Za-z]{8}---)|--[0-9A-Za-z]{10,16}-)$/;

/** The entry that a boundary is one of, if any engine writes such boundaries. */
export function entryIdOf(bytes: Buffer, start: number, end: number): EntryId | undefined {
  const text = asBytes(bytes, start, end - endLength);
  const found = idPattern.exec(text);
  if (found === null) return undefined;
  const [, v2, v3] = found;
  if (v2 !== undefined) return { engine: 'v2', start: text };
  return { engine: v3 === undefined ? 'coraza' : 'v3', start: text };
}
