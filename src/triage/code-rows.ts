import type { Cause } from '../model/triage.js';
import type { RefusalPattern } from './system.js';

/** A code or message by which a system tells a cause, the cause, and what it means. */
export type CodeRow = readonly [string, Cause, string, Pick<RefusalPattern, 'or' | 'seen'>?];

/** Patterns that differ in a code or message alone. */
export function patternsOf(
  rows: readonly CodeRow[],
  patternOf: (code: string) => Omit<RefusalPattern, 'cause' | 'says' | 'or' | 'seen'>,
): readonly RefusalPattern[] {
  return rows.map(([code, cause, says, more]) => ({ ...patternOf(code), cause, says, ...more }));
}
