import type { LoggedMatch, Span } from '../log-record.js';

/**
 * libmodsecurity's `reference` of a rule line tells every variable that matched, although the line names only the last.
 * Sample: `o0,8v21,25t:lowercaseo0,8v21,18t:lowercase` is two variables of 25 and 18 bytes, each with a match of
 * 8 bytes at its start; `v161,14v254,12` are two variables of a libinjection rule, which tells no offset in the text.
 * A match with several places (`o40,1v374,1v374,1`) is of a variable that the engine put together itself, such as
 * `MATCHED_VAR` in a chain; it lies nowhere in the request and is left out.
 */
export function parseReference(reference: string): readonly LoggedMatch[] {
  const matches: LoggedMatch[] = [];
  const reading = new ReferenceReading(reference);
  while (reading.seekSpan()) {
    const [text] = reading.spans(letterO);
    const variables = reading.spans(letterV);
    if (text !== undefined && variables.length > 1) continue;
    for (const variable of variables) matches.push(text === undefined ? { variable } : { text, variable });
  }
  return matches;
}

const letterO = 0x6f;
const letterV = 0x76;
const comma = 0x2c;
const zero = 0x30;
const noSpans: readonly Span[] = [];

class ReferenceReading {
  readonly #text: string;
  #at = 0;
  /** No span begins before. */
  #from = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes on to what may be a span; false where none is left. */
  seekSpan(): boolean {
    this.#at = Math.max(this.#at, this.#from);
    while (this.#at < this.#text.length) {
      const letter = this.#text.charCodeAt(this.#at);
      if (letter === letterO || letter === letterV) {
        this.#from = this.#at + 1;
        return true;
      }
      this.#at++;
    }
    return false;
  }

  /** The spans that follow one another here, each after this letter. */
  spans(letter: number): readonly Span[] {
    const first = this.#span(letter);
    if (first === undefined) return noSpans;
    const spans = [first];
    for (let next = this.#span(letter); next !== undefined; next = this.#span(letter)) spans.push(next);
    return spans;
  }

  #span(letter: number): Span | undefined {
    const start = this.#at;
    if (start >= this.#text.length || this.#text.charCodeAt(start) !== letter) return undefined;
    const offset = this.#numberAfter(start);
    const isPair = offset >= 0 && this.#text.charCodeAt(this.#at) === comma;
    const length = isPair ? this.#numberAfter(this.#at) : -1;
    if (length >= 0) return { offset, length };
    this.#at = start;
    return undefined;
  }

  /** The number after this character; negative where there is none. */
  #numberAfter(start: number): number {
    let value = 0;
    let at = start + 1;
    for (; at < this.#text.length; at++) {
      const digit = this.#text.charCodeAt(at) - zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.#at = at;
    return at === start + 1 ? -1 : value;
  }
}
