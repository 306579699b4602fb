const longestWord = 64;

/**
 * The candidate that `word` was most likely meant to be: off by at most a third of its letters. A word that is a candidate
 * was meant as it is, and what is wrong is something else.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  const known = [...candidates];
  if (known.includes(word)) return undefined;
  const tolerance = Math.max(1, Math.floor(word.length / 3));
  const near = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= tolerance)
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= tolerance)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** Edits between two words: letters added, dropped, changed or swapped with their neighbour (optimal string alignment). */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) rows.push(nextRow(rows, from, to, row));
  return at(rows, from.length, to.length);
}

function nextRow(rows: readonly number[][], from: string, to: string, row: number): number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column++) {
    const changed = at(rows, row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
    const dropped = at(rows, row - 1, column) + 1;
    const added = (current[column - 1] ?? 0) + 1;
    const swapped = isSwap(from, to, row, column) ? at(rows, row - 2, column - 2) + 1 : changed;
    current.push(Math.min(changed, dropped, added, swapped));
  }
  return current;
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
}

function at(rows: readonly number[][], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
