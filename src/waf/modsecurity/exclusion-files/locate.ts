import type { Place } from '../../../model/place.js';

/** Further on in a line, columns are counted in bytes: nobody looks for a place by them. */
const countedColumns = 1000;

/** Tells the places in a file from offsets in its text, which has one byte a character. */
export function locator(file: string, text: string): (offset: number) => Required<Place> {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = lineOf(starts, offset);
    const start = starts[line] ?? 0;
    const bytes = offset - start;
    const before =
      bytes > countedColumns ? bytes : Buffer.from(text.slice(start, offset), 'latin1').toString('utf8').length;
    return { file, line: line + 1, column: before + 1 };
  };
}

/** The last line that starts at or before an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
