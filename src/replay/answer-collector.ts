import { brotliDecompressSync, constants, inflateSync, unzipSync } from 'node:zlib';
import type { Outcome } from '../model/exchange.js';
import type { Pair } from '../model/request.js';

/** How much of a body is read and thrown away to keep the connection, in bytes. */
const drainBytes = 1024 * 1024;
/** What the excerpt of a compressed body may become, in bytes: more is not decompressed. */
const inflatedBytes = 32 * 1024 * 1024;

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

  /** The answer, once its head has arrived. What happens to the body later shortens the excerpt and nothing else. */
  outcome(): Outcome | undefined {
    if (this.#head === undefined) return undefined;
    const { status, headers } = this.#head;
    const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    const excerpt = decode(this.#body(), encoding).subarray(0, this.#excerptBytes);
    return { kind: 'answered', status, headers, bodyExcerpt: excerpt.toString('utf8') };
  }
}

/** Requests copied from a browser ask for compression, and a refusal must be readable all the same. */
function decode(body: Buffer, encoding: string | undefined): Buffer {
  const decompress = decompressorOf(encoding?.trim().toLowerCase());
  if (decompress === undefined || body.length === 0) return body;
  try {
    return decompress(body);
  } catch {
    return body;
  }
}

function decompressorOf(encoding: string | undefined): ((body: Buffer) => Buffer) | undefined {
  const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: inflatedBytes };
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return (body) => unzipSync(body, cut);
    case 'deflate':
      return (body) => inflateSync(body, cut);
    case 'br':
      return (body) =>
        brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: inflatedBytes });
    default:
      return undefined;
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
