import type { EntryId, NativeEngine } from './boundary.js';
import { asBytes } from './escapes.js';
import { PartText } from './part-text.js';

/** The parts of a native audit log entry that tell something, one character a byte. */
export interface NativeEntry {
  readonly engine: NativeEngine;
  /** From the first line: `[22/Nov/2026:20:55:15.716465 +0000] <transaction id> <client> <port> <server> <port>` */
  readonly time: string;
  readonly transactionId: string;
  /** Address of the client. */
  readonly client: string;
  /** Part B: the request line and headers. */
  readonly request: string;
  /** The first line of part F: `HTTP/1.1 403 Forbidden`. */
  readonly answer: string;
  /** Part H, without the lines of Apache that only repeat others. */
  readonly trailer: string;
  /** Another entry began in part H, where its engine writes nothing that looks like one: lines of this one went there. */
  readonly isTorn: boolean;
}

const firstLine = /^\[([^\]]+)\] (\S+) (\S*) \d+ \S* \d+$/;

const longestPart = 4 * 1024 * 1024;
/** Parts that hold bytes of bodies as they are: a line there may look like anything. */
const bodyParts = new Set(['C', 'E', 'I', 'J', 'K']);

/** An entry that has begun and not ended. */
export class OpenEntry {
  readonly id: EntryId;
  readonly #marker: string;
  #part = 'A';
  #first: readonly string[] | undefined;
  readonly #request = new PartText();
  #answer = '';
  readonly #trailer = new PartText();
  #kept = 0;
  #worthKeeping = true;
  #isTorn = false;
  /** The entry that this one is a part of, unless that was cut off. */
  readonly #around: OpenEntry | undefined;
  /** What belongs to its trailer then. */
  #raw: string[] | undefined;

  constructor(id: EntryId, marker: string, around: OpenEntry | undefined) {
    this.id = id;
    this.#marker = marker;
    const isTrailer = around?.takesLinesBack === true;
    this.#around = isTrailer || around?.isInBody === true ? around : undefined;
    around?.yieldLines();
    this.#raw = isTrailer ? [`${id.start}${this.#part}--`] : undefined;
  }

  get isInBody(): boolean {
    return bodyParts.has(this.#part);
  }

  /** libmodsecurity 3 writes names of the request into its trailer as they are, line feeds and all. */
  get takesLinesBack(): boolean {
    return this.#part === 'H' && this.id.engine === 'v3';
  }

  /** Another entry begins, and has the lines that follow. */
  yieldLines(): void {
    if (this.#part === 'H' && this.id.engine === 'v2') this.#isTorn = true;
  }

  entry(): NativeEntry | undefined {
    if (!this.#worthKeeping || this.#first === undefined) return undefined;
    const [, time = '', transactionId = '', client = ''] = this.#first;
    return {
      engine: this.id.engine,
      time,
      transactionId,
      client,
      request: this.#request.toString(),
      answer: this.#answer,
      trailer: this.#trailer.toString(),
      isTorn: this.#isTorn,
    };
  }

  /** Keeps the line from `start` up to `end`, if it tells something. False for a line that no entry has there. */
  keep(bytes: Buffer, start: number, end: number): boolean {
    if (this.#raw !== undefined) this.#keepRaw(asBytes(bytes, start, end));
    if (this.#part === 'A') return this.#keepFirst(asBytes(bytes, start, end));
    if (this.#part === 'B') this.#keepIn(this.#request, bytes, start, end);
    else if (this.#part === 'H') this.#keepTrailer(bytes, start, end);
    else if (this.#part === 'F' && this.#answer === '')
      this.#answer = asBytes(bytes, start, Math.min(end, start + 100));
    return true;
  }

  /** Its next part begins. The request comes before the trailer, and a request without the marker is a stranger's. */
  enter(part: string): void {
    if (this.#raw !== undefined) this.#keepRaw(`${this.id.start}${part}--`);
    this.#part = part;
    if (part !== 'H' || !this.#trailer.isEmpty || this.#request.isEmpty) return;
    const [first = ''] = this.#first ?? [];
    this.#worthKeeping = first.includes(this.#marker) || this.#request.toString().includes(this.#marker);
  }

  /** To be called before the bytes of lines that were kept change. */
  settle(): void {
    this.#request.settle();
    this.#trailer.settle();
  }

  /** Whether it began in a place of the other one where what a client sends looks like an entry. */
  isWithin(other: OpenEntry): boolean {
    return this.#around === other || this.#around?.isWithin(other) === true;
  }

  /** What stood in another one's trailer may have been a part of it. */
  endWithin(): void {
    const lines = this.#raw ?? [];
    this.#raw = undefined;
    for (const line of lines) this.#around?.keep(Buffer.from(line, 'latin1'), 0, line.length);
  }

  #keepRaw(line: string): void {
    this.#kept += line.length;
    if (this.#kept <= longestPart) this.#raw?.push(line);
  }

  #keepFirst(text: string): boolean {
    this.#first ??= firstLine.exec(text) ?? undefined;
    return this.#first !== undefined;
  }

  #keepTrailer(bytes: Buffer, start: number, end: number): void {
    const repeats = this.id.engine === 'v2' && bytes[start] === capitalA && bytes[start + 7] === capitalE;
    if (this.#worthKeeping && !repeats) this.#keepIn(this.#trailer, bytes, start, end);
  }

  #keepIn(part: PartText, bytes: Buffer, start: number, end: number): void {
    this.#kept += end - start;
    if (end > start && this.#kept <= longestPart) part.add(bytes, start, end);
  }
}

/** Of `Apache-Error: `; a line that is shorter ends before. */
const capitalA = 0x41;
const capitalE = 0x45;
