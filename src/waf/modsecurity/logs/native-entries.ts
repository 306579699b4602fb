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
}

// --3e8fba2e-A-- (ModSecurity 2) · ---eFzVYOvk---A-- (libmodsecurity 3) · --MSnSMKxyNrUiQRXb-A-- (Coraza)
const boundaryPattern = /^(?:--([0-9a-f]{8})-|---([0-9A-Za-z]{8})---|--([0-9A-Za-z]{10,16})-)([A-Z])--$/;
const firstLine = /^\[[^\]]+\] \S+ \S* \d+ \S* \d+$/;

const longestPart = 4 * 1024 * 1024;
/** No server takes bodies that are longer; an entry that is was cut off, and what follows is another one's. */
const longestEntry = 64 * 1024 * 1024;
/** Parts that hold bytes of bodies as they are: a line there may look like anything. */
const bodyParts = new Set(['C', 'E', 'I', 'J', 'K']);

/**
 * Puts native entries together, line by line. An entry ends at its own boundary only: bodies hold whatever a client
 * likes, other boundaries included. An entry that was cut off ends where another one begins outside of a body.
 */
export class NativeEntries {
  readonly #marker: string;
  #boundary: Boundary | undefined;
  #first = '';
  #request: string[] = [];
  #answer = '';
  #trailer: string[] = [];
  #kept = 0;
  #length = 0;
  #worthKeeping = true;

  /** @param marker text without which an entry's request, if the entry shows it, makes the entry not worth reading */
  constructor(marker: string) {
    this.#marker = marker;
  }

  /** Whether an entry has begun and not ended. */
  get isOpen(): boolean {
    return this.#boundary !== undefined;
  }

  /** Takes the next line while an entry is open, or one that may begin an entry. Gives the entry that it ends. */
  take(line: Uint8Array): NativeEntry | undefined {
    const boundary = boundaryOf(line);
    if (boundary !== undefined && this.#isGenuine(boundary)) return this.#enter(boundary);
    if (this.#boundary !== undefined) this.#keep(this.#boundary, line);
    return undefined;
  }

  #isGenuine({ engine, id, part }: Boundary): boolean {
    const open = this.#boundary;
    if (open?.id === id && open.engine === engine) return true;
    return part === 'A' && (open === undefined || !bodyParts.has(open.part));
  }

  #enter(boundary: Boundary): NativeEntry | undefined {
    if (boundary.part === 'A') this.#begin();
    if (boundary.part !== 'Z') {
      this.#boundary = boundary;
      return undefined;
    }
    const ended = this.#worthKeeping && this.#first !== '' ? this.#entry(boundary.engine) : undefined;
    this.#abandon();
    return ended;
  }

  #entry(engine: NativeEngine): NativeEntry {
    return {
      engine,
      first: this.#first,
      request: this.#request,
      answer: this.#answer,
      trailer: this.#trailer,
    };
  }

  #begin(): void {
    this.#first = '';
    this.#request = [];
    this.#answer = '';
    this.#trailer = [];
    this.#kept = 0;
    this.#length = 0;
    this.#worthKeeping = true;
  }

  #abandon(): void {
    this.#boundary = undefined;
    this.#begin();
  }

  #keep({ part }: Boundary, line: Uint8Array): void {
    this.#length += line.length + 1;
    if (this.#length > longestEntry) this.#abandon();
    else if (part === 'A') this.#keepFirst(asBytes(line));
    else if (part === 'B') this.#keepIn(this.#request, line);
    else if (part === 'H') this.#keepTrailer(line);
    else if (part === 'F' && this.#answer === '') this.#answer = asBytes(line.subarray(0, 100));
  }

  #keepFirst(text: string): void {
    if (this.#first !== '') return;
    if (firstLine.test(text)) this.#first = text;
    else this.#abandon();
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
  const [, v2, v3, coraza, part = ''] = found;
  if (v2 !== undefined) return { engine: 'v2', id: v2, part };
  return v3 !== undefined ? { engine: 'v3', id: v3, part } : { engine: 'coraza', id: coraza ?? '', part };
}
