/** A position in a file the user wrote. Lines and columns start at 1, as editors count them. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** `suites/login.yaml:12:5`, the form that terminals and editors turn into a link. */
export function formatPlace(place: Place): string {
  const line = place.line === undefined ? '' : `:${place.line}`;
  const column = place.line === undefined || place.column === undefined ? '' : `:${place.column}`;
  return `${place.file}${line}${column}`;
}
