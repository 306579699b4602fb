/** So much of a text may be missing at the end of what is shown of it. */
const longEnough = 200;

/** Whether a text is what a template says: anything may stand in the place of `${namespace:}`, and its end may be missing. */
export function fitsText(shown: string, template: string): boolean {
  const [first = '', ...rest] = template.split(/\$\{[^}]{0,1000}\}/);
  if (rest.length === 0) return shown === template || (shown.length >= longEnough && template.startsWith(shown));
  if (!shown.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = shown.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return rest.at(-1) === '' || shown.endsWith(rest.at(-1) ?? '');
}
