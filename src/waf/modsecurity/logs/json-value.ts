import { asBytes } from './escapes.js';

/** A line as a JSON value, one character a byte; nothing where it is none. */
export function parseJsonLine(line: Uint8Array): unknown {
  try {
    return JSON.parse(asBytes(line));
  } catch {
    return undefined;
  }
}

/** The value at a path of own keys. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** A text, or the empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value of a header, whatever the case of its name; the first where there are several. */
export function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
