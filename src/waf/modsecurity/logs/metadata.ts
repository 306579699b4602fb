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
 * is cut in the middle of a field, and the last fields follow: `[tag "attack-disclosure"] [t [hostname "…"]`.
 */
export function takeApart(line: string): TakenApart {
  const file = line.lastIndexOf('[file "');
  const start = file < 0 ? line.lastIndexOf('[hostname "') : file;
  if (start < 0) return { words: line.trimEnd(), fields: [] };
  return { words: line.slice(0, start).trimEnd(), fields: readFields(line, start) };
}

function readFields(line: string, start: number): TakenApart['fields'] {
  const fields: [string, string][] = [];
  for (let at = start; at < line.length; ) {
    const key = keyAt(line, at);
    const end = key === undefined ? -1 : closingQuote(line, at + key.length + 3);
    if (key === undefined || end < 0 || line[end + 1] !== ']') {
      at = line.indexOf('[hostname "', at + 1);
      if (at < 0) break;
      continue;
    }
    fields.push([key, line.slice(at + key.length + 3, end)]);
    at = line[end + 2] === ' ' ? end + 3 : end + 2;
  }
  return fields;
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
