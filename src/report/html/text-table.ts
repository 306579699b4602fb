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
      const place = places.get(text) ?? texts.push(text) - 1;
      places.set(text, place);
      return place;
    },
  };
}
