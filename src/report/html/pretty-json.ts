import type { JsonValue } from '../../model/request.js';
import { isList, type JsonContainer, type JsonPlace, walkJson } from '../../request/json-values.js';

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
  readonly place: JsonPlace | undefined;
  readonly value: JsonText;
  readonly key?: JsonText;
}

/** A JSON document as people read it, and where its leaves are. */
export interface PrettyJson {
  readonly text: string;
  readonly leaves: readonly JsonLeaf[];
}

const maxIndent = 40;

/** Indents a JSON value and remembers where each leaf went. */
export function prettyJson(document: JsonValue): PrettyJson {
  const writer = new Writer();
  for (const { kind, value, place } of walkJson(document)) {
    if (kind === 'leave') writer.close(value, place);
    else if (kind === 'enter') writer.open(value, place);
    else writer.leaf(value, place);
  }
  return { text: writer.pieces.join(''), leaves: writer.leaves };
}

class Writer {
  readonly pieces: string[] = [];
  readonly leaves: JsonLeaf[] = [];
  #length = 0;

  open(container: JsonContainer, place: JsonPlace | undefined): void {
    this.#name(place);
    this.#write(isList(container) ? '[' : '{');
  }

  close(container: JsonContainer, place: JsonPlace | undefined): void {
    if (Object.keys(container).length > 0) this.#write(lineBreak(place?.depth ?? 0));
    this.#write(isList(container) ? ']' : '}');
  }

  leaf(value: JsonValue, place: JsonPlace | undefined): void {
    const key = this.#name(place);
    const quoted = typeof value === 'string';
    const text = { text: `${value}`, start: this.#length + (quoted ? 1 : 0), quoted };
    this.leaves.push({ place, value: text, ...(key !== undefined && { key }) });
    this.#write(JSON.stringify(value));
  }

  /** What stands before a value: a comma, a new line, and its name where it is a member. */
  #name(place: JsonPlace | undefined): JsonText | undefined {
    if (place === undefined) return undefined;
    this.#write(`${place.index === 0 ? '' : ','}${lineBreak(place.depth)}`);
    if (typeof place.step === 'number') return undefined;
    const key = { text: place.step, start: this.#length + 1, quoted: true };
    this.#write(`${JSON.stringify(place.step)}: `);
    return key;
  }

  #write(piece: string): void {
    this.pieces.push(piece);
    this.#length += piece.length;
  }
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, maxIndent))}`;
}
