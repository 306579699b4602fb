// East Asian wide and fullwidth characters and emoji take two columns (Unicode UAX #11); marks take none.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
const plainAscii = /^[ -~]*$/;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += characterWidth(char);
  return width;
}

/** The text, cut to so many columns; a cut text ends in `…`. */
export function fitWidth(text: string, columns: number): string {
  if (text.length <= columns && plainAscii.test(text)) return text;
  let [shown, width] = ['', 0];
  for (const char of text) {
    width += characterWidth(char);
    if (width > columns) return `${cutTo(shown, columns - 1)}…`;
    shown += char;
  }
  return shown;
}

/** The text, filled with spaces at its end up to so many columns. */
export function padWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

function cutTo(text: string, columns: number): string {
  const chars = [...text];
  while (chars.length > 0 && displayWidth(chars.join('')) > columns) chars.pop();
  return chars.join('');
}

function characterWidth(char: string): number {
  if (zeroWidth.test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}
