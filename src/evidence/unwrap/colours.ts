// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
export const colours = /(?:\x1b\[[\d;]*m)*/.source;

const atTheEnd = new RegExp(`(?:${colours})$`);
const longestEnd = 64;

/** A line without the colours at its end. */
export function withoutColours(line: Buffer): Buffer {
  const tail = line.toString('latin1', Math.max(0, line.length - longestEnd));
  return line.subarray(0, line.length - (atTheEnd.exec(tail)?.[0].length ?? 0));
}
