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
  if (/[a-z]/.test(text) && /[A-Z]/.test(text)) return isRandomMixed(text, digits, share);
  if (digits < 3) return false;
  return share >= 0.5 || (text.length >= 20 && share >= 0.25 && !/[A-Za-z]{7}/.test(text));
}

/** Whether a text is an id with hyphens and underscores in it, such as `V1StGXR8_Z5jdHi6B-myT`. */
export function isRandomToken(text: string): boolean {
  const letters = text.replace(/[_-]/g, '');
  if (letters === text || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  if (countOf(letters, /\d/g) < 2 || !isRandom(letters)) return false;
  return !text.split(/[_-]/).some((piece) => hasWord(piece.toLowerCase(), 4) && /^[A-Za-z]+$/.test(piece));
}

/** Base64 and the like: where few digits are in it, more has to change. */
function isRandomMixed(text: string, digits: number, share: number): boolean {
  const longestWord = text.length < 20 ? 4 : 6;
  if (digits >= 2 && share >= 0.4) return !hasWord(text, longestWord);
  return digits > 0 && text.length >= 12 && share >= 0.5 && !hasWord(text, 4);
}

/** Small letters in a row that can be spoken: with a vowel, and no five others one after another. */
function hasWord(text: string, length: number): boolean {
  const runs = text.match(/[a-z]+/g) ?? [];
  return runs.some((run) => run.length >= length && /[aeiou]/.test(run) && !/[^aeiouy]{5}/.test(run));
}

function countOf(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** How often a digit, a small or a capital letter follows something of another kind. */
function changes(text: string): number {
  return countOf(text, /(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[a-z0-9]|(?<=\d)[A-Za-z]/g);
}
