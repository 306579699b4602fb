import type { Pair } from '../../../model/request.js';
import { asBytes, asText } from './escapes.js';

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

/** Headers as an object, each value a text or a list of texts, as pairs; nothing where there are none. */
export function pairs(headers: unknown): readonly Pair[] | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  return Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => [asText(name), asText(text(one))] as const),
  );
}
