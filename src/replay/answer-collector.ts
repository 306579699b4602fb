import type { Outcome } from '../model/exchange.js';
import type { Pair } from '../model/request.js';
import { decompressed } from '../util/decompressed.js';

/** How much of a body is read and thrown away to keep the connection, in bytes. */
const drainBytes = 1024 * 1024;

/** Keeps the head of an answer and the first bytes of its body. */
export class AnswerCollector {
  readonly #excerptBytes: number;
  readonly #chunks: Buffer[] = [];
  #head: { readonly status: number; readonly headers: readonly Pair[] } | undefined;
  #length = 0;

  /** @param excerptBytes how much of the body is kept */
  constructor(excerptBytes: number) {
    this.#excerptBytes = excerptBytes;
  }

  start(status: number, headers: readonly Pair[]): void {
    this.#head = { status, headers };
  }

  /** Takes a piece of the body; false when the rest is not worth reading. */
  add(chunk: Buffer): boolean {
    const room = this.#excerptBytes - this.#length;
    if (room > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
    this.#length += chunk.length;
    return this.#length <= this.#excerptBytes + drainBytes;
  }

  #body(): Buffer {
    const [only, ...others] = this.#chunks;
    return only !== undefined && others.length === 0 ? only : Buffer.concat(this.#chunks);
  }

  /**
   * The answer, once its head has arrived. What happens to the body later shortens the excerpt and nothing else.
   * @param isWhole its body came to its end
   */
  outcome(isWhole: boolean): Outcome | undefined {
    if (this.#head === undefined) return undefined;
    const { status, headers } = this.#head;
    const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    const { body, isCut } = decompressed(this.#body(), encoding);
    const bodyExcerpt = body.subarray(0, this.#excerptBytes).toString('utf8');
    const lacks = !isWhole || isCut || Math.max(this.#length, body.length) > this.#excerptBytes;
    return { kind: 'answered', status, headers, bodyExcerpt, ...(lacks && { isCut: true }) };
  }
}

/** Raw header fields as pairs; each byte of a value is one character (RFC 9110 section 5.5 leaves the charset open). */
export function headerPairs(raw: readonly (Buffer | string)[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < raw.length; at += 2) pairs.push([fieldText(raw[at]), fieldText(raw[at + 1])]);
  return pairs;
}

function fieldText(field: Buffer | string | undefined = ''): string {
  return typeof field === 'string' ? field : field.toString('latin1');
}
