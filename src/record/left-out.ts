import { groupBy } from '../util/group-by.js';
import type { LeftOut } from './import-format.js';

/** How many there are of each reason, most first: `12 left out: a script or style; 1 left out: …`. Empty where nothing is. */
export function countsByReason(leftOut: readonly LeftOut[]): string {
  const groups = [...groupBy(leftOut, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([reason, { length }]) => `${length} left out: ${reason}`).join('; ');
}
