/**
 * Sorts items into as few rounds as go at once: no two of a round touch one another. An item goes into the first round that
 * has room for it.
 */
export function roundsOf<T>(items: readonly T[], touch: (one: T, other: T) => boolean): readonly (readonly T[])[] {
  const rounds: T[][] = [];
  for (const item of items) {
    const round = rounds.find((others) => !others.some((other) => touch(item, other)));
    if (round === undefined) rounds.push([item]);
    else round.push(item);
  }
  return rounds;
}
