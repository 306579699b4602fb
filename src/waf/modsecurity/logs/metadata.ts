/** A rule's line, taken apart. */
export interface TakenApart {
  /** The engine's words before the metadata. */
  readonly words: string;
  /** `[key "value"]` in order, values as they stand in the log. */
  readonly fields: readonly (readonly [key: string, value: string])[];
}

/**
 * Takes a line of ModSecurity 2 or Coraza apart. Both escape quotes inside metadata and not before it, where names of
 * parameters stand as they are: so the last `[file "` begins the metadata, whatever a name says. A line that is too long
 * is cut in the middle of a field, and the last fields follow: `[tag "attack-disclosure"] [t [hostname "…"]`. Of a cut
 * `data` the rest is kept, with the mark that ModSecurity 2 puts where it cuts data itself: ` ...`.
 */
export function takeApart(line: string): TakenApart {
  const file = line.lastIndexOf('[file "');
  const start = file < 0 ? line.lastIndexOf('[hostname "') : file;
  if (start < 0) return { words: line.trimEnd(), fields: [] };
  return { words: line.slice(0, start).trimEnd(), fields: readFields(line, start) };
}

function readFields(line: string, start: number): TakenApart['fields'] {
  const fields: Field[] = [];
  for (let at = start; at < line.length; ) {
    const next = readField(line, at) ?? cutField(line, at);
    if (next.field !== undefined) fields.push(next.field);
    at = next.end;
  }
  return fields;
}

type Field = TakenApart['fields'][number];

/** `[key "value"]` and a blank. */
function readField(line: string, at: number): { field: Field; end: number } | undefined {
  const key = keyAt(line, at);
  if (key === undefined) return undefined;
  const from = at + key.length + 3;
  const quote = closingQuote(line, from);
  if (quote < 0 || line[quote + 1] !== ']') return undefined;
  return { field: [key, line.slice(from, quote)], end: line[quote + 2] === ' ' ? quote + 3 : quote + 2 };
}

function cutField(line: string, at: number): { field: Field | undefined; end: number } {
  const next = line.indexOf(' [hostname "', at);
  const end = next < 0 ? line.length : next + 1;
  const data = '[data "';
  if (!line.startsWith(data, at)) return { field: undefined, end };
  return { field: ['data', `${line.slice(at + data.length, next < 0 ? undefined : next)} ...`], end };
}

const keyPattern = /\[(\w+) "/y;

function keyAt(line: string, at: number): string | undefined {
  keyPattern.lastIndex = at;
  return keyPattern.exec(line)?.[1];
}

/** The next quote that no backslash escapes. */
function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let slashes = at - 1;
    while (slashes >= from && line[slashes] === '\\') slashes--;
    if ((at - slashes) % 2 === 1) return at;
  }
  return -1;
}

/** The first field with this key. */
export function field({ fields }: TakenApart, key: string): string | undefined {
  return fields.find(([name]) => name === key)?.[1];
}
