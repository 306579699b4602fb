import { listedLines } from './json-lists.js';
import { anyShape, type JsonShape, jsonShapes, type KeyPath, valueAt } from './json-shapes.js';
import { pathsToLines, valuesAt } from './learned-keys.js';
import type { InnerLine, Unwrapped, Wrapper } from './wrapper.js';
import { isoDate, wrapperTime } from './wrapper-time.js';

const brace = 0x7b;
const bracket = 0x5b;
const recordSeparator = 0x1e;

/**
 * Collectors that write JSON: a record a line, an answer of an API with a list, or a pair of a time and a record as Fluentd
 * and Fluent Bit have it, with a tag before it or none.
 */
export const jsonWrapper: Wrapper = {
  certainty: 'sure',
  unwrap: (bytes, start, end) => {
    const first = bytes[start] ?? 0;
    if (first === brace || first === recordSeparator) return ofRecord(parse(bytes, start, end), '');
    return first === bracket || end - start < longestLine ? tagged(bytes, start, end) : undefined;
  },
};

/** A logger or collector with keys that nobody knows beforehand. */
export const anyJsonWrapper: Wrapper = {
  certainty: 'unsure',
  unwrap: (bytes, start, end) => {
    if (bytes[start] !== brace) return undefined;
    const record = parse(bytes, start, end);
    return isObject(record) && shapeOf(record) === undefined ? inShape(anyShape, record, '') : undefined;
  },
};

/** The same with the line anywhere in its records: for each place in this one where it may be. */
export function learnedJsonWrappers(line: Buffer): readonly Wrapper[] {
  if (line[0] !== brace || jsonWrapper.unwrap(line, 0, line.length) !== undefined) return [];
  return pathsToLines(parse(line, 0, line.length)).map((path) => ({
    certainty: 'unsure',
    unwrap: (bytes, start, end) => {
      const record = bytes[start] === brace ? parse(bytes, start, end) : undefined;
      const lines = isObject(record)
        ? valuesAt(record, path).flatMap((value) => lineOf(value, anyShape, record, ''))
        : [];
      return lines.length === 0 ? undefined : { wrapper: `lines of ${anyShape.wrapper}`, lines };
    },
  }));
}

/** What is no JSON is looked at for a tag in lines no longer than that. */
const longestLine = 4 * 1024 * 1024;

function parse(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', bytes[start] === recordSeparator ? start + 1 : start, end));
  } catch {
    return undefined;
  }
}

function ofRecord(record: unknown, tag: string): Unwrapped | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const shape = shapeOf(record);
  return (shape === undefined ? undefined : inShape(shape, record, tag)) ?? inList(record);
}

function shapeOf(record: object): JsonShape | undefined {
  return jsonShapes.find(({ needs }) => needs.every((key) => Object.hasOwn(record, key)));
}

function inShape(shape: Omit<JsonShape, 'needs'>, record: object, tag: string): Unwrapped | undefined {
  const lines = lineOf(shape.line.map((path) => valueAt(record, path)).find(isLine), shape, record, tag);
  return lines.length === 0 ? undefined : { wrapper: `lines of ${shape.wrapper}`, lines };
}

function lineOf(value: unknown, shape: Omit<JsonShape, 'needs'>, record: object, tag: string): readonly InnerLine[] {
  const bytes = bytesOf(value);
  if (bytes === undefined) return [];
  return [
    {
      origin: `${tag} ${originOf(shape.origin, record)}`,
      bytes,
      isPart: shape.isPart?.(record) === true,
      at: () => timeOf(shape.time, record),
    },
  ];
}

function inList(record: object): Unwrapped | undefined {
  const listed = listedLines(record);
  if (listed === undefined) return undefined;
  const lines = listed.lines.flatMap(({ line, origin, time }): readonly InnerLine[] => {
    const bytes = bytesOf(line);
    return bytes === undefined ? [] : [{ origin: text(origin), bytes, isPart: false, at: () => wrapperTime(time) }];
  });
  return { wrapper: `lines of ${listed.wrapper}`, lines };
}

function isLine(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** A text, a list of bytes, or a line that was JSON and has been parsed on its way. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return Buffer.from(withoutFeed(value), 'utf8');
  if (Array.isArray(value) && value.every((byte) => typeof byte === 'number')) return Uint8Array.from(value);
  const spelled = typeof value === 'object' && value !== null ? asJson(value) : undefined;
  return spelled === undefined ? undefined : Buffer.from(spelled, 'utf8');
}

/** Nothing for what is nested deeper than can be written again. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function withoutFeed(line: string): string {
  return line.endsWith('\n') ? line.slice(0, line.endsWith('\r\n') ? -2 : -1) : line;
}

function originOf(paths: readonly KeyPath[], record: object): string {
  return paths.map((path) => text(valueAt(record, path))).join(' ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (asJson(value) ?? '');
}

function timeOf(paths: readonly KeyPath[], record: object): string | undefined {
  return wrapperTime(paths.map((path) => valueAt(record, path)).find((time) => time !== undefined));
}

const dateOrNumber = `(?:${isoDate}|\\d{9,}(?:\\.\\d+)?)`;
// [1795413188.332,{…}] · [[1795413188.332,{}],{…}]
const pair = new RegExp(`^\\[\\[?"?(?<time>${dateOrNumber})"?,? ?(?:\\{[^}]*\\}\\])?,? *(?=\\{)`);
// kube.var.log: [1795413188.332,{…}] · [0] kube.var.log: [1795413188.332, {"log"=>"…"}] · 2026-11-22 20:59:52.129 +0000 docker.nginx: {…}
const withTag = new RegExp(
  `^(?:\\[\\d+\\] )?(?:(?<time>${isoDate})[ \\t])?(?<tag>[\\w./*-]{1,255})(?:: |\\t)(?:\\[\\[?(?<epoch>${dateOrNumber}),? ?(?:\\{[^}]*\\}\\])?,? *)?(?=\\{)`,
);

function tagged(bytes: Buffer, start: number, end: number): Unwrapped | undefined {
  const head = bytes.toString('latin1', start, Math.min(end, start + 512));
  const found = pair.exec(head) ?? withTag.exec(head);
  if (found === null) return undefined;
  const { time, epoch, tag = '' } = found.groups ?? {};
  const from = start + found[0].length;
  const closing = bytes.lastIndexOf('}', end - 1);
  if (closing < from) return undefined;
  const record = parse(bytes, from, closing + 1) ?? printed(bytes.toString('utf8', from, closing + 1));
  const unwrapped =
    ofRecord(record, tag) ?? (isObject(record) ? inShape({ ...anyShape, wrapper: 'Fluentd' }, record, tag) : undefined);
  return unwrapped === undefined ? undefined : timed(unwrapped, time ?? epoch);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function timed({ wrapper, lines }: Unwrapped, time: string | undefined): Unwrapped {
  return { wrapper, lines: lines.map((line) => ({ ...line, at: () => line.at() ?? wrapperTime(time) })) };
}

/** Fluent Bit prints records for people, with quotes in texts as they are: `{"stream"=>"stderr", "log"=>"…"}`. */
function printed(text: string): unknown {
  const keys = [...text.matchAll(/(?:^\{|, )"([\w@.-]{1,64})"=>/g)];
  if (keys.length === 0) return undefined;
  const pairs = keys.map((key, i) => {
    const value = text.slice(key.index + key[0].length, keys[i + 1]?.index ?? text.length - 1);
    return [key[1] ?? '', /^".*"$/s.test(value) ? value.slice(1, -1) : value] as const;
  });
  // What looks like a key that was there already stands in a text.
  return Object.fromEntries(pairs.toReversed());
}
