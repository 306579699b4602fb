/** A piece of a pattern: an escape, a class, a group's bracket, a quantifier, an alternative, an anchor, or a character. */
const piece =
  /\\(?:[dDwWsSbBpP]|[xuk][^\\]{1,6})|\\(.)|\[(?:[^\]\\]|\\.)*\]|(\()|(\))|([?*+]|\{\d+(?:,\d*)?\})|(\|)|[\^$.]|([^\\])/gsu;

/** The longest text that whatever a pattern finds has to hold; empty where there is none. */
export function literalIn({ source }: RegExp): string {
  const runs: string[] = [''];
  let depth = 0;
  for (const found of source.matchAll(piece)) {
    const [, , open, close, , or] = found;
    if (or !== undefined && depth === 0) return '';
    depth += open === undefined ? 0 : 1;
    if (depth === 0) takePiece(found, runs);
    else if (runs.at(-1) !== '') runs.push('');
    depth -= close === undefined ? 0 : 1;
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest));
}

/** A plain character goes on with the run; a quantifier takes its last one away, and ends it as all else does. */
function takePiece([, escaped, , , quantifier, , char]: RegExpExecArray, runs: string[]): void {
  const run = runs.pop() ?? '';
  const plain = escaped ?? char;
  if (plain !== undefined) runs.push(run + plain);
  else runs.push(quantifier === undefined ? run : run.slice(0, -1), '');
}
