const chunkLength = 256 * 1024;

/** The same text in chunks of some 256 thousand characters: small enough to be many, large enough to be written at once. */
export function* joinPieces(pieces: Iterable<string>, most: number = chunkLength): Generator<string> {
  let [chunk, length]: [string[], number] = [[], 0];
  for (const piece of pieces) {
    chunk.push(piece);
    length += piece.length;
    if (length < most) continue;
    yield chunk.join('');
    [chunk, length] = [[], 0];
  }
  if (length > 0) yield chunk.join('');
}
