import type { JsonValue } from '../../model/request.js';

/** A text inside a JSON document: what it says, and how it is written in the indented document. */
export interface JsonText {
  readonly text: string;
  /** Where its first character stands in the indented document. */
  readonly start: number;
  /** Whether it is escaped as a JSON string. */
  readonly quoted: boolean;
}

/** A value that is neither an object nor an array, and the member name right above it. */
export interface JsonLeaf {
  /** The names that engines give it, without the collection. */
  readonly names: readonly string[];
  readonly value: JsonText;
  readonly key?: JsonText;
}

/** A JSON document as people read it, and where its leaves are. */
export interface PrettyJson {
  readonly text: string;
  readonly leaves: readonly JsonLeaf[];
}

/**
 * How engines name what is in `{"items":[{"q":1}]}`: ModSecurity 3 says `json.items.array_0.q`, ModSecurity 2
 * `items.items.q`, Coraza `json.items.0.q`.
 */
interface Path {
  readonly v3: string;
  readonly v2: string;
  readonly coraza: string;
  readonly lastKey: string;
  readonly depth: number;
}

interface Writer {
  readonly pieces: string[];
  readonly leaves: JsonLeaf[];
  length: number;
}

const maxIndent = 40;

/** Indents a JSON value and remembers where each leaf went. */
export function prettyJson(value: JsonValue): PrettyJson {
  const writer: Writer = { pieces: [], leaves: [], length: 0 };
  writeValue(writer, value, { v3: 'json', v2: '', coraza: 'json', lastKey: '', depth: 0 });
  return { text: writer.pieces.join(''), leaves: writer.leaves };
}

function writeValue(writer: Writer, value: JsonValue, path: Path, key?: JsonText): void {
  if (isArray(value)) writeArray(writer, value, path);
  else if (typeof value === 'object' && value !== null) writeObject(writer, value, path);
  else writeLeaf(writer, value, path, key);
}

// Array.isArray does not narrow readonly arrays.
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function writeArray(writer: Writer, values: readonly JsonValue[], path: Path): void {
  writeItems(writer, '[]', path, [...values.entries()], ([index, value]) =>
    writeValue(writer, value, elementPath(path, index)),
  );
}

function writeObject(writer: Writer, object: Readonly<Record<string, JsonValue>>, path: Path): void {
  writeItems(writer, '{}', path, Object.entries(object), ([name, value]) => {
    const key = { text: name, start: writer.length + 1, quoted: true };
    write(writer, `${JSON.stringify(name)}: `);
    writeValue(writer, value, memberPath(path, name), key);
  });
}

function writeItems<T>(
  writer: Writer,
  brackets: '[]' | '{}',
  { depth }: Path,
  items: readonly T[],
  writeItem: (item: T) => void,
): void {
  if (items.length === 0) {
    write(writer, brackets);
    return;
  }
  for (const [index, item] of items.entries()) {
    write(writer, `${index === 0 ? brackets.slice(0, 1) : ','}${lineBreak(depth + 1)}`);
    writeItem(item);
  }
  write(writer, `${lineBreak(depth)}${brackets.slice(1)}`);
}

function writeLeaf(writer: Writer, value: string | number | boolean | null, path: Path, key?: JsonText): void {
  const quoted = typeof value === 'string';
  const text = { text: `${value}`, start: writer.length + (quoted ? 1 : 0), quoted };
  const names = [path.v3, path.v2, path.coraza];
  writer.leaves.push(key === undefined ? { names, value: text } : { names, value: text, key });
  write(writer, JSON.stringify(value));
}

function write(writer: Writer, piece: string): void {
  writer.pieces.push(piece);
  writer.length += piece.length;
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, maxIndent))}`;
}

function memberPath(path: Path, name: string): Path {
  return {
    v3: `${path.v3}.${name}`,
    v2: path.v2 === '' ? name : `${path.v2}.${name}`,
    coraza: `${path.coraza}.${name}`,
    lastKey: name,
    depth: path.depth + 1,
  };
}

function elementPath(path: Path, index: number): Path {
  return {
    v3: `${path.v3}.array_${index}`,
    v2: `${path.v2}.${path.lastKey}`,
    coraza: `${path.coraza}.${index}`,
    lastKey: path.lastKey,
    depth: path.depth + 1,
  };
}
