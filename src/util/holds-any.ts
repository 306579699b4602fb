/** So many characters decide whether a place is looked at more closely. */
const longestStart = 8;

/**
 * Tells whether a text holds any of many others. Asking takes time that grows with the text, and hardly with how many there
 * are: of texts in order, none of which begins with another, only the last one that is not behind a place can stand there.
 */
export function holdsAny(wanted: Iterable<string>): (text: string) => boolean {
  const sorted = withoutLonger([...new Set(wanted)].sort());
  const length = sorted.reduce((least, one) => Math.min(least, one.length), longestStart);
  const starts = new Set(sorted.map((one) => one.slice(0, length)));
  return (text) => {
    if (starts.size === 0) return false;
    for (let at = 0; at + length <= text.length; at++)
      if (starts.has(text.slice(at, at + length)) && standsAt(text, at, sorted)) return true;
    return false;
  };
}

/** A text that begins with another need not be looked for: they stand behind each other. */
function withoutLonger(sorted: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !one.startsWith(last)) kept.push(one);
  }
  return kept;
}

function standsAt(text: string, at: number, sorted: readonly string[]): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle] ?? '';
    const there = text.slice(at, at + one.length);
    if (there === one) return true;
    if (one < there) low = middle + 1;
    else high = middle;
  }
  return false;
}
