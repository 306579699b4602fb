import { asBuffer } from '../../util/split-lines.js';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const feed = 0x0a;
const comma = 0x2c;
const colon = 0x3a;

/** The longest object, in bytes: an answer of an API, or the entry of a request. */
const longestObject = 32 * 1024 * 1024;
const lineFeed = Buffer.from('\n');

/**
 * Cuts a stream of JSON objects that are not one a line into such lines: objects without anything between them, objects over
 * several lines, and those in a list. What was torn is left out.
 */
export class Documents {
  #rest: Buffer = Buffer.alloc(0);
  /** Where to go on in the rest. */
  #at = 0;
  #start = -1;
  #depth = 0;

  /** The objects that these bytes complete, a line each. */
  push(bytes: Uint8Array): Buffer {
    this.#rest = Buffer.concat([this.#rest, asBuffer(bytes)]);
    const lines: Buffer[] = [];
    while (this.#step(lines));
    this.#forget();
    return Buffer.concat(lines);
  }

  /** Goes on by one character that matters; false where more bytes are needed. */
  #step(lines: Buffer[]): boolean {
    const bytes = this.#rest;
    if (this.#at >= bytes.length) return false;
    const byte = bytes[this.#at];
    if (this.#start < 0) return this.#seek();
    if (byte === quote) return this.#skipText();
    if (byte === feed && bytes[this.#at + 1] === openBrace && bytes[this.#at + 2] === quote)
      return this.#startOver(this.#at + 1);
    this.#at++;
    if (byte === openBrace || byte === openBracket) this.#depth++;
    else if (byte === closeBrace || byte === closeBracket) this.#close(lines);
    return true;
  }

  /** What stands between objects is passed over. */
  #seek(): boolean {
    this.#start = this.#rest.indexOf(openBrace, this.#at);
    this.#at = this.#start < 0 ? this.#rest.length : this.#start + 1;
    this.#depth = 1;
    return this.#start >= 0;
  }

  #close(lines: Buffer[]): void {
    this.#depth--;
    if (this.#depth > 0) return;
    lines.push(onOneLine(this.#rest.subarray(this.#start, this.#at)), lineFeed);
    this.#start = -1;
  }

  /** A text ends before `,`, `:` or the end of an object or a list. What does not was torn, and another object began in it. */
  #skipText(): boolean {
    const end = closing(this.#rest, this.#at + 1);
    const next = end < 0 ? -1 : nextVisible(this.#rest, end + 1);
    if (next < 0) return false;
    if (mayFollowText(this.#rest[next])) this.#at = next;
    else this.#startOver(Math.max(this.#start + 1, this.#rest.lastIndexOf('{"', end)));
    return true;
  }

  #startOver(at: number): boolean {
    this.#start = -1;
    this.#at = at;
    return true;
  }

  /** What is done with; and an object that has no end. */
  #forget(): void {
    const from = this.#start < 0 ? this.#at : this.#start;
    const isTooLong = this.#rest.length - from > longestObject;
    this.#rest = isTooLong ? Buffer.alloc(0) : Buffer.from(this.#rest.subarray(from));
    this.#at = isTooLong ? 0 : this.#at - from;
    this.#start = isTooLong || this.#start < 0 ? -1 : 0;
  }
}

/** The quote that ends a text; negative where there is none. */
function closing(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 1)) {
    let slashes = at - 1;
    while (slashes >= from && bytes[slashes] === backslash) slashes--;
    if ((at - slashes) % 2 === 1) return at;
  }
  return -1;
}

function nextVisible(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) if ((bytes[at] ?? 0) > 0x20) return at;
  return -1;
}

function mayFollowText(byte: number | undefined): boolean {
  return byte === comma || byte === colon || byte === closeBrace || byte === closeBracket;
}

/** Texts of JSON have no line feeds in them, so that each is a blank. */
function onOneLine(object: Buffer): Buffer {
  const line = Buffer.from(object);
  for (let at = line.indexOf(feed); at >= 0; at = line.indexOf(feed, at + 1)) line[at] = 0x20;
  return line;
}
