/**
 * The same text, for what is kept: a part of a string keeps the whole of that string in memory. Not for halves of
 * surrogate pairs.
 */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
