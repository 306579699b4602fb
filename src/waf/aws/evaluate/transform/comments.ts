/** Each C comment becomes a space, one without an end as well; a lone end stays. */
export function replaceComments(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('/*'); at !== -1; at = text.indexOf('/*', from)) {
    pieces.push(text.slice(from, at), ' ');
    const end = text.indexOf('*/', at + 2);
    from = end === -1 ? text.length : end + 2;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Takes the characters of comments away: C's, SQL's and the shell's. */
export function removeCommentsChar(text: string): string {
  return text.replace(/\/\*|\*\/|--|#/g, '');
}
