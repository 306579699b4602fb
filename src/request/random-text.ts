/** Whether a text is hexadecimal digits that are no word and no number: `a3f2`, `9b1c44e07d`. */
export function isRandomHex(text: string): boolean {
  if (!/^(?:[0-9a-f]{4,128}|[0-9A-F]{4,128})$/.test(text) || !/[A-Fa-f]/.test(text)) return false;
  const least = text.length === 7 ? 3 : 2;
  return countOf(text, /\d/g) >= 2 && changes(text) >= least;
}

/**
 * Whether a text of letters and digits is one that a machine made up, such as `dQw4w9WgXcQ`: it changes between digits,
 * small and capital letters far more often than words with a number do.
 */
export function isRandom(text: string): boolean {
  if (!/^[0-9A-Za-z]{10,128}$/.test(text)) return false;
  const share = changes(text) / (text.length - 1);
  const digits = countOf(text, /\d/g);
  const word = text.length < 20 ? /[a-z]{4}/ : /[a-z]{6}/;
  if (/[a-z]/.test(text) && /[A-Z]/.test(text)) return digits >= 2 && share >= 0.4 && !word.test(text);
  if (digits < 3) return false;
  return share >= 0.5 || (text.length >= 20 && share >= 0.25 && !/[A-Za-z]{7}/.test(text));
}

function countOf(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** How often a digit, a small or a capital letter follows something of another kind. */
function changes(text: string): number {
  return countOf(text, /(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[a-z0-9]|(?<=\d)[A-Za-z]/g);
}
