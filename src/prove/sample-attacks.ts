import type { Attack } from '../model/attack.js';
import { groupBy } from '../util/group-by.js';

/** One attack in so many of each class. */
const every = 8;

/** A sample in which each class has its share, spread evenly over it. */
export function sampleAttacks(attacks: readonly Attack[]): readonly Attack[] {
  const classes = groupBy(attacks, ({ className }) => className);
  return [...classes.values()].flatMap((group) => group.filter((_, index) => index % every === 0));
}
