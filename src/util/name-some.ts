const shown = 5;

/** `a, b, c, d, e and 3 more`: the first few of many names. */
export function nameSome(names: readonly string[]): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return `${names.slice(0, shown).join(', ')}${more}`;
}
