/** A piece of a pattern: an escape, a class, a group's bracket, a quantifier, an alternative, an anchor, or a character. */
const piece =
  /\\(?:[dDwWsSbBpP]|[xuk][^\\]{1,6})|\\(.)|\[(?:[^\]\\]|\\.)*\]|(\()|(\))|([?*+]|\{\d+(?:,\d*)?\})|(\|)|[\^$.]|([^\\])/gsu;

/** For each alternative of a pattern, the longest text that whatever it finds has to hold; empty where there is none. */
export function literalsIn({ source }: RegExp): readonly string[] {
  const alternatives: string[][] = [['']];
  let depth = 0;
  for (const found of unwrapped(source).matchAll(piece)) {
    const [, , open, close, , or] = found;
    if (or !== undefined && depth === 0) alternatives.push(['']);
    const runs = alternatives.at(-1) ?? [];
    depth += open === undefined ? 0 : 1;
    if (depth === 0 && or === undefined) takePiece(found, runs);
    else if (runs.at(-1) !== '') runs.push('');
    depth -= close === undefined ? 0 : 1;
  }
  return alternatives.map((runs) => runs.reduce((longest, run) => (run.length > longest.length ? run : longest)));
}

/** What is in a group that is the whole pattern, anchors aside. */
function unwrapped(source: string): string {
  const [, inside] = /^\^?\(\?:([^()]*)\)\$?$/.exec(source) ?? [];
  return inside ?? source;
}

/** A plain character goes on with the run; a quantifier takes its last one away, and ends it as all else does. */
function takePiece([, escaped, , , quantifier, , char]: RegExpExecArray, runs: string[]): void {
  const run = runs.pop() ?? '';
  const plain = escaped ?? char;
  if (plain !== undefined) runs.push(run + plain);
  else runs.push(quantifier === undefined ? run : run.slice(0, -1), '');
}
