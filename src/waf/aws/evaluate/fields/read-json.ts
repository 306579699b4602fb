import { type JsonString, readJsonString } from './json-string.js';

/** Where in a document an element stands: a chain of names of members and numbers of elements. */
export interface JsonLocation {
  readonly parent?: JsonLocation;
  readonly name: string;
  /** How many names lead here. */
  readonly depth: number;
}

/** A key or a scalar value. */
export interface JsonElement {
  readonly kind: 'key' | 'value';
  /** Its text; two, where AWS does not say whether escapes are decoded before rules see it. */
  readonly texts: readonly [string, ...string[]];
  /** Whether it is inspected at all is not documented. */
  readonly isDoubtful: boolean;
  readonly place: JsonLocation;
}

/**
 * What a body is as JSON.
 * - `parsed`: it is JSON, or has nothing wrong but what AWS says that it passes over (missing commas, missing and repeated colons).
 * - `failed`: it has what AWS says that it cannot parse. The elements before that are there.
 * - `doubtful`: it has a fault of which AWS says nothing.
 */
export interface JsonReading {
  readonly elements: readonly JsonElement[];
  readonly state: 'parsed' | 'failed' | 'doubtful';
}

const deepest = 256;
const root: JsonLocation = { name: '', depth: 0 };
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const numberCharacters = '+-.0123456789eE';
const literals = ['true', 'false', 'null'];

interface Container {
  readonly place: JsonLocation;
  /** Keys that it has so far; absent for an array. */
  readonly keys?: Set<string>;
  length: number;
  /** A value, a comma or nothing was read last. */
  last: 'none' | 'item' | 'comma';
}

/** Reads a body as AWS's lenient parser does, in one go and without recursion. */
export function readJson(text: string): JsonReading {
  return new JsonReader(text).read();
}

class JsonReader {
  readonly #text: string;
  readonly #elements: JsonElement[] = [];
  readonly #open: Container[] = [];
  #at = 0;
  #state: JsonReading['state'] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonReading {
    this.#skipSpace();
    const first = this.#text.charAt(this.#at);
    if (first !== '{' && first !== '[') return { elements: [], state: 'failed' };
    this.#openContainer(root);
    while (this.#state === undefined) this.#step();
    return { elements: this.#elements, state: this.#state };
  }

  /** Reads the next token of the innermost container. */
  #step(): void {
    this.#skipSpace();
    const container = this.#open.at(-1);
    if (container === undefined) {
      this.#state = this.#at === this.#text.length ? 'parsed' : 'doubtful';
      return;
    }
    const character = this.#text.charAt(this.#at);
    if (character === ',') this.#comma(container);
    else if (character === (container.keys === undefined ? ']' : '}')) this.#close(container);
    else if (container.keys === undefined) this.#element(container);
    else this.#member(container, container.keys);
  }

  #comma(container: Container): void {
    if (container.last !== 'item') this.#state = 'doubtful';
    container.last = 'comma';
    this.#at++;
  }

  #close(container: Container): void {
    if (container.last === 'comma') this.#state = 'doubtful';
    this.#open.pop();
    this.#at++;
  }

  #element(container: Container): void {
    if (container.last === 'item' && this.#at < this.#text.length) this.#state = 'doubtful';
    else this.#value(this.#child(container, `${container.length}`), container);
  }

  /** A comma between members may be missing, and so may the colon, which may also be there several times. */
  #member(container: Container, keys: Set<string>): void {
    if (this.#text.charAt(this.#at) !== '"') {
      this.#state = 'failed';
      return;
    }
    const key = readJsonString(this.#text, this.#at);
    const place = this.#child(container, key.decoded);
    const isRepeated = keys.has(key.decoded);
    this.#string(key, 'key', place, isRepeated);
    if (this.#state !== undefined) return;
    if (isRepeated) {
      this.#state = 'failed';
      return;
    }
    keys.add(key.decoded);
    this.#skipSpace();
    while (this.#text.charAt(this.#at) === ':') {
      this.#at++;
      this.#skipSpace();
    }
    this.#value(place, container);
  }

  #value(place: JsonLocation, container: Container): void {
    container.length++;
    container.last = 'item';
    const character = this.#text.charAt(this.#at);
    if (character === '"') this.#string(readJsonString(this.#text, this.#at), 'value', place, false);
    else if (character === '{' || character === '[') this.#openContainer(place);
    else if (character === ',') this.#state = 'doubtful';
    else this.#scalar(place);
  }

  #string(string: JsonString, kind: JsonElement['kind'], place: JsonLocation, isDoubtful: boolean): void {
    const texts: JsonElement['texts'] = string.decoded === string.raw ? [string.raw] : [string.decoded, string.raw];
    this.#elements.push({ kind, texts, isDoubtful: isDoubtful || string.isDoubtful || !string.isClosed, place });
    this.#at = string.end;
    if (!string.isClosed) this.#state = 'failed';
    else if (string.isDoubtful) this.#state = 'doubtful';
  }

  #scalar(place: JsonLocation): void {
    const literal = literals.find((word) => this.#text.startsWith(word, this.#at));
    const text = literal ?? this.#numberText();
    if (text === '') {
      this.#state = 'failed';
      return;
    }
    this.#at += text.length;
    this.#elements.push({ kind: 'value', texts: [text], isDoubtful: true, place });
    if (this.#at === this.#text.length) this.#state = 'failed';
    else if (literal === undefined && !number.test(text)) this.#state = 'doubtful';
  }

  #numberText(): string {
    let end = this.#at;
    while (end < this.#text.length && numberCharacters.includes(this.#text.charAt(end))) end++;
    return this.#text.slice(this.#at, end);
  }

  #openContainer(place: JsonLocation): void {
    const isObject = this.#text.charAt(this.#at) === '{';
    this.#at++;
    if (this.#open.length === deepest) this.#state = 'doubtful';
    this.#open.push({ place, ...(isObject && { keys: new Set() }), length: 0, last: 'none' });
  }

  #child({ place }: Container, name: string): JsonLocation {
    return { parent: place, name, depth: place.depth + 1 };
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && ' \t\n\r'.includes(this.#text.charAt(this.#at))) this.#at++;
  }
}
