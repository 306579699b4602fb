import { brotliDecompressSync, constants, inflateSync, unzipSync } from 'node:zlib';

/** What a compressed body may become, in bytes: more is not decompressed. */
const inflatedBytes = 32 * 1024 * 1024;

/**
 * A body as it is without its Content-Encoding, or its start where only that is there. What cannot be decompressed, or
 * becomes larger than 32 MiB, stays as it is.
 */
export function decompressed(body: Buffer, encoding: string | undefined): Buffer {
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
