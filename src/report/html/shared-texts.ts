/** Stands around the number of a shared piece. JSON writes this character as an escape, so it is in no JSON by itself. */
const mark = '\u0001';
const quote = '"';
const backslash = 92;

/** Pieces that are shorter cost more to look up than they save. */
const leastLength = 64;
/** All pieces together have no more characters than this: the page reads all of them before it shows the first case. */
const mostLength = 6_000_000;
/** So many pieces are remembered as seen; beyond that it begins anew. */
const mostSeen = 1_000_000;
const samples = 16;

/**
 * Long pieces of JSON that recur anywhere in a page: from the second time on a number stands for each. Compression by itself finds
 * repetitions only within some ten thousand characters. A piece is whatever is between two quotes, so it is found without reading
 * the JSON, and taking it out and putting it back cannot change anything.
 */
export class SharedTexts {
  readonly #pieces = new Map<string, number>();
  readonly #seen = new Set<number>();
  #length = 0;

  /** JSON with numbers in the place of pieces that were there before. */
  share(json: string): string {
    let [shared, kept, from] = ['', 0, 0];
    for (let end = json.indexOf(quote); end >= 0; end = json.indexOf(quote, end + 1)) {
      if (json.charCodeAt(end - 1) === backslash) continue;
      const place = end - from < leastLength ? undefined : this.#placeOf(json, from, end);
      if (place !== undefined) {
        shared += `${json.slice(kept, from)}${mark}${place}${mark}`;
        kept = end;
      }
      from = end + 1;
    }
    return kept === 0 ? json : shared + json.slice(kept);
  }

  /** All shared pieces as one text, complete when all JSON was shared. */
  text(): string {
    return [...this.#pieces.keys()].join(mark);
  }

  /** The number of a piece that was seen before. A likeness to another one makes it shared at once, which harms nothing. */
  #placeOf(json: string, from: number, end: number): number | undefined {
    const likeness = likenessOf(json, from, end);
    if (!this.#seen.has(likeness)) {
      if (this.#seen.size >= mostSeen) this.#seen.clear();
      this.#seen.add(likeness);
      return undefined;
    }
    const piece = json.slice(from, end);
    return this.#pieces.get(piece) ?? this.#add(piece);
  }

  #add(piece: string): number | undefined {
    if (this.#length + piece.length > mostLength) return undefined;
    this.#length += piece.length;
    const place = this.#pieces.size;
    this.#pieces.set(piece, place);
    return place;
  }
}

/** A number that equal pieces have in common, and different ones seldom. */
function likenessOf(json: string, from: number, end: number): number {
  let sum = end - from;
  for (let sample = 0; sample < samples; sample++)
    sum = (Math.imul(sum, 31) + json.charCodeAt(from + Math.floor((sample * (end - from)) / samples))) | 0;
  return sum;
}

/** The JSON from which pieces were taken out, given all pieces as one text. */
export function unshare(json: string, pieces: readonly string[]): string {
  return json
    .split(mark)
    .map((part, index) => (index % 2 === 0 ? part : (pieces[Number(part)] ?? '')))
    .join('');
}

/** The pieces of a text that holds all of them. */
export function sharedPieces(text: string): readonly string[] {
  return text.split(mark);
}
