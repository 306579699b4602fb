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

/** The value at a path of keys; of such as no object or list has by inheritance. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) inner = isTree(inner) ? inner[key] : undefined;
  return inner;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
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
