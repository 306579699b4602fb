/** `data.items[0].token`, with or without `$.` before it; a name with other characters in quotes: `["a.b"]`. */
const step = /(?:^\$|\.?([^.[\]"'\s]+)|\[(\d+)\]|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])/y;

/** The steps of a path into a JSON document; `undefined` where it is none. */
export function parseJsonPath(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  let at = 0;
  while (at < path.length) {
    step.lastIndex = at;
    const found = step.exec(path);
    if (found === null || found[0] === '') return undefined;
    const [, name, index, double, single] = found;
    const key = name ?? index ?? double ?? single;
    if (key !== undefined) steps.push(key);
    at = step.lastIndex;
  }
  return steps.length === 0 ? undefined : steps;
}

/** What is at a path of a JSON text, as text; `undefined` where there is nothing, or no JSON. */
export function jsonAt(text: string, path: string): string | undefined {
  const steps = parseJsonPath(path);
  if (steps === undefined) return undefined;
  try {
    let value: unknown = JSON.parse(text);
    for (const key of steps) value = inside(value, key);
    return asText(value);
  } catch {
    return undefined;
  }
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
