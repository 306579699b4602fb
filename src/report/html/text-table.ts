/** Texts that recur, each with a number. */
export interface TextTable {
  readonly texts: readonly string[];
  /** The place of a text in `texts`. */
  placeOf(text: string): number;
}

/** An empty table. */
export function createTextTable(): TextTable {
  const texts: string[] = [];
  const places = new Map<string, number>();
  return {
    texts,
    placeOf: (text) => {
      const known = places.get(text);
      if (known !== undefined) return known;
      places.set(text, texts.length);
      return texts.push(text) - 1;
    },
  };
}
