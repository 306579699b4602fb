import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createGzip, type Gzip } from 'node:zlib';

/** Data as it stands in a `<script>` element of a type that browsers do not run. */
export interface EmbeddedData {
  readonly type: string;
  readonly text: string;
}

// Up to here the page holds JSON that anyone can read; beyond, its size matters more (100,000 cases: 100 MB as JSON).
const maxPlainLength = 16_000_000;
const chunkLength = 1_000_000;

/** JSON, given in pieces, as it is; as base64 of gzip where there is very much of it. */
export async function embedJson(pieces: Iterable<string>): Promise<EmbeddedData> {
  const chunks = [...joinPieces(pieces)];
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length <= maxPlainLength) return { type: 'application/json', text: chunks.join('') };
  return { type: 'application/gzip', text: (await compress(chunks)).toString('base64') };
}

function* joinPieces(pieces: Iterable<string>): Generator<string> {
  let [chunk, length]: [string[], number] = [[], 0];
  for (const piece of pieces) {
    chunk.push(piece);
    length += piece.length;
    if (length < chunkLength) continue;
    yield chunk.join('');
    [chunk, length] = [[], 0];
  }
  yield chunk.join('');
}

async function compress(chunks: readonly string[]): Promise<Buffer> {
  const gzip = createGzip({ level: 3 });
  const [zipped] = await Promise.all([buffer(gzip), feed(gzip, chunks)]);
  return zipped;
}

async function feed(gzip: Gzip, chunks: readonly string[]): Promise<void> {
  for (const chunk of chunks) if (!gzip.write(chunk)) await once(gzip, 'drain');
  gzip.end();
}
