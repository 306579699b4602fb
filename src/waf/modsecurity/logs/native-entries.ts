import { asBytes } from './escapes.js';

/** The parts of a native audit log entry that tell something, one character a byte. */
export interface NativeEntry {
  readonly engine: NativeEngine;
  /** `[22/Nov/2026:20:55:15.716465 +0000] <transaction id> <client> <port> <server> <port>` */
  readonly first: string;
  /** Part B: the request line and headers. */
  readonly request: readonly string[];
  /** The first line of part F: `HTTP/1.1 403 Forbidden`. */
  readonly answer: string;
  /** Part H. */
  readonly trailer: readonly string[];
}

export type NativeEngine = 'v2' | 'v3' | 'coraza';

interface Boundary {
  readonly engine: NativeEngine;
  readonly id: string;
  readonly part: string;
  readonly text: string;
}

// --3e8fba2e-A-- (ModSecurity 2) · ---eFzVYOvk---A-- (libmodsecurity 3) · --MSnSMKxyNrUiQRXb-A-- (Coraza)
const boundaryPattern = /^(?:--([0-9a-f]{8})-|---([0-9A-Za-z]{8})---|--([0-9A-Za-z]{10,16})-)([A-Z])--$/;
const firstLine = /^\[[^\]]+\] \S+ \S* \d+ \S* \d+$/;

const longestPart = 4 * 1024 * 1024;
/** No server takes bodies that are longer; an entry that is was cut off, and what follows is another one's. */
const longestEntry = 64 * 1024 * 1024;
/** Parts that hold bytes of bodies as they are: a line there may look like anything. */
const bodyParts = new Set(['C', 'E', 'I', 'J', 'K']);

/** How many entries may be open at once; more than two are only where somebody makes them up, or writes were cut off. */
const mostOpen = 8;

/**
 * Puts native entries together, line by line. An entry ends at its own boundary only: bodies hold whatever a client
 * likes, other boundaries included. An entry that begins inside of another one is real where that one was cut off, and
 * where two servers write to one file. So it is read, and the other one goes on at its own boundary.
 */
export class NativeEntries {
  readonly #marker: string;
  /** The entries that have begun and not ended; lines belong to the last one. */
  readonly #open: OpenEntry[] = [];
  /** Bytes since no entry was open. */
  #length = 0;

  /** @param marker text without which an entry's request, if the entry shows it, makes the entry not worth reading */
  constructor(marker: string) {
    this.#marker = marker;
  }

  /** Whether an entry has begun and not ended. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The body that what comes may be a part of: it looks like anything. */
  get body(): object | undefined {
    return this.#open.find(({ isInBody }) => isInBody);
  }

  /** What began in the body was no part of it. */
  leaveBody(): void {
    const cutOff = this.#open.find(({ isInBody }) => isInBody);
    if (cutOff !== undefined) this.#close(cutOff);
  }

  /** Takes the next line while an entry is open, or one that may begin an entry. Gives the entry that it ends. */
  take(line: Uint8Array): NativeEntry | undefined {
    const boundary = boundaryOf(line);
    const own = this.#open.find((entry) => entry.isOf(boundary));
    if (boundary !== undefined && own !== undefined) return this.#goOn(own, boundary);
    if (boundary?.part === 'A' && this.#mayBegin()) this.#begin(boundary, line);
    else this.#keep(line);
    return undefined;
  }

  /** Without a marker, nothing tells a real entry from one that stands in a body. */
  #mayBegin(): boolean {
    return this.#marker !== '' || this.body === undefined;
  }

  #begin(boundary: Boundary, line: Uint8Array): void {
    const around = this.#open.at(-1);
    if (this.#marker === '') this.#open.length = 0;
    if (this.#open.length === mostOpen) this.#open.splice(1, 1);
    this.#open.push(new OpenEntry(boundary, this.#marker, around));
    this.#open.at(-1)?.keepRaw(line);
  }

  /** A boundary of an open entry: it is the one that goes on, or ends. */
  #goOn(own: OpenEntry, boundary: Boundary): NativeEntry | undefined {
    for (const inner of this.#open.filter((entry) => entry.isWithin(own))) {
      inner.endWithin();
      this.#close(inner);
    }
    this.#close(own);
    own.enter(boundary);
    if (boundary.part !== 'Z') {
      this.#open.push(own);
      return undefined;
    }
    own.endWithin();
    return own.entry();
  }

  #close(entry: OpenEntry): void {
    this.#open.splice(this.#open.indexOf(entry), 1);
    if (!this.isOpen) this.#length = 0;
  }

  #keep(line: Uint8Array): void {
    const last = this.#open.at(-1);
    if (last === undefined) return;
    this.#length += line.length + 1;
    if (!last.keep(line)) {
      last.endWithin();
      this.#close(last);
    }
    if (this.#length <= longestEntry) return;
    this.#length = 0;
    this.#open.shift();
  }
}

/** An entry that has begun and not ended. */
class OpenEntry {
  readonly #begin: Boundary;
  readonly #marker: string;
  part = 'A';
  #first = '';
  #request: string[] = [];
  #answer = '';
  #trailer: string[] = [];
  #kept = 0;
  #worthKeeping = true;
  /** The entry that this one is a part of, unless that was cut off. */
  readonly #around: OpenEntry | undefined;
  /** What belongs to its trailer then. */
  #raw: string[] | undefined;

  constructor(begin: Boundary, marker: string, around: OpenEntry | undefined) {
    this.#begin = begin;
    this.#marker = marker;
    const isTrailer = around?.takesLinesBack === true;
    this.#around = isTrailer || around?.isInBody === true ? around : undefined;
    this.#raw = isTrailer ? [] : undefined;
  }

  get isInBody(): boolean {
    return bodyParts.has(this.part);
  }

  /** libmodsecurity 3 writes names of the request into its trailer as they are, line feeds and all. */
  get takesLinesBack(): boolean {
    return this.part === 'H' && this.#begin.engine === 'v3';
  }

  isOf(boundary: Boundary | undefined): boolean {
    return boundary?.id === this.#begin.id && boundary.engine === this.#begin.engine;
  }

  entry(): NativeEntry | undefined {
    if (!this.#worthKeeping || this.#first === '') return undefined;
    return {
      engine: this.#begin.engine,
      first: this.#first,
      request: this.#request,
      answer: this.#answer,
      trailer: this.#trailer,
    };
  }

  /** False for a line that no entry has there. */
  keep(line: Uint8Array): boolean {
    this.keepRaw(line);
    if (this.part === 'A') return this.#keepFirst(asBytes(line));
    if (this.part === 'B') this.#keepIn(this.#request, line);
    else if (this.part === 'H') this.#keepTrailer(line);
    else if (this.part === 'F' && this.#answer === '') this.#answer = asBytes(line.subarray(0, 100));
    return true;
  }

  keepRaw(line: Uint8Array): void {
    if (this.#raw === undefined) return;
    this.#kept += line.length;
    if (this.#kept <= longestPart) this.#raw.push(asBytes(line));
  }

  /** Its next part begins. */
  enter({ part, text }: Boundary): void {
    this.keepRaw(Buffer.from(text, 'latin1'));
    this.part = part;
  }

  /** Whether it began in a place of the other one where what a client sends looks like an entry. */
  isWithin(other: OpenEntry): boolean {
    return this.#around === other || this.#around?.isWithin(other) === true;
  }

  /** What stood in another one's trailer may have been a part of it. */
  endWithin(): void {
    const lines = this.#raw ?? [];
    this.#raw = undefined;
    for (const line of lines) this.#around?.keep(Buffer.from(line, 'latin1'));
  }

  #keepFirst(text: string): boolean {
    if (this.#first !== '') return true;
    if (!firstLine.test(text)) return false;
    this.#first = text;
    return true;
  }

  /** The request comes before the trailer, and a request without the marker is a stranger's. */
  #keepTrailer(line: Uint8Array): void {
    if (this.#trailer.length === 0 && this.#request.length > 0) {
      this.#worthKeeping = [this.#first, ...this.#request].some((kept) => kept.includes(this.#marker));
    }
    if (this.#worthKeeping) this.#keepIn(this.#trailer, line);
  }

  #keepIn(part: string[], line: Uint8Array): void {
    this.#kept += line.length;
    if (line.length > 0 && this.#kept <= longestPart) part.push(asBytes(line));
  }
}

const dash = 0x2d;
const shortestBoundary = '--3e8fba2e-A--'.length;
const longestBoundary = '--MSnSMKxyNrUiQRXb-A--'.length;

/** Looks like the begin of a part. Cheap for lines that do not. */
export function isBoundary(line: Uint8Array): boolean {
  return boundaryOf(line) !== undefined;
}

function boundaryOf(line: Uint8Array): Boundary | undefined {
  if (line[0] !== dash || line[1] !== dash) return undefined;
  if (line.length < shortestBoundary || line.length > longestBoundary) return undefined;
  const found = boundaryPattern.exec(asBytes(line));
  if (found === null) return undefined;
  const [text, v2, v3, coraza, part = ''] = found;
  if (v2 !== undefined) return { engine: 'v2', id: v2, part, text };
  return v3 !== undefined ? { engine: 'v3', id: v3, part, text } : { engine: 'coraza', id: coraza ?? '', part, text };
}
