/**
 * Between two objects that follow one another without a line feed, as Firehose writes them. Within a text no quote is
 * followed by a letter, so that nothing a client sends looks like it.
 */
const betweenObjects = /(?<=\})[ \t\r]*(?=\{"[A-Za-z])/;

/** The values of JSON in a line: one, or objects that follow one another. What is none is left out. */
export function jsonValues(line: string): readonly unknown[] {
  const whole = parsed(line);
  if (whole !== undefined) return [whole];
  const pieces = line.split(betweenObjects);
  return pieces.length < 2 ? [] : pieces.map(parsed).filter((value) => value !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
