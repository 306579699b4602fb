import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { joinPieces } from '../../util/join-pieces.js';

/** Data as it stands in a `<script>` element of a type that browsers do not run. */
export interface EmbeddedData {
  readonly type: string;
  readonly chunks: Iterable<string> | AsyncIterable<string>;
}

// Up to here the page holds JSON that anyone can read; beyond, its size matters more: gzip makes a tenth of it.
const maxPlainLength = 256_000;
const bytesOfBase64 = 3;

/** JSON, given in pieces, as it is; as base64 of gzip where there is much of it. */
export function embedJson(pieces: Iterable<string>): EmbeddedData {
  const rest = joinPieces(pieces)[Symbol.iterator]();
  const first: string[] = [];
  let length = 0;
  for (let next = rest.next(); next.done !== true; next = rest.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length > maxPlainLength) return { type: 'application/gzip', chunks: zipped(joined(first, rest)) };
  }
  return { type: 'application/json', chunks: first };
}

function* joined(first: readonly string[], rest: Iterator<string>): Generator<string> {
  yield* first;
  yield* { [Symbol.iterator]: () => rest };
}

async function* zipped(chunks: Iterable<string>): AsyncGenerator<string> {
  const source = Readable.from(chunks);
  const gzip = createGzip();
  source.once('error', (error) => gzip.destroy(error)).pipe(gzip);
  let carried = Buffer.alloc(0);
  try {
    for await (const piece of gzip) {
      const bytes = Buffer.concat([carried, piece]);
      const whole = bytes.length - (bytes.length % bytesOfBase64);
      yield bytes.toString('base64', 0, whole);
      carried = bytes.subarray(whole);
    }
    yield carried.toString('base64');
  } finally {
    source.destroy();
  }
}
