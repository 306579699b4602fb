import { brotliDecompressSync, constants, inflateSync, unzipSync } from 'node:zlib';

/** What a compressed body may become, in bytes: more is not decompressed. */
const inflatedBytes = 32 * 1024 * 1024;

/** A body without its Content-Encoding. */
export interface Decompressed {
  readonly body: Buffer;
  /** It is only the start: all of it is larger than 32 MiB. */
  readonly isCut: boolean;
}

/**
 * A body as it is without its Content-Encoding, or its start where only that is there. What cannot be decompressed stays as it
 * is. Of what becomes larger than 32 MiB, and be it terabytes, there is the start that a part of it comes to.
 */
export function decompressed(body: Buffer, encoding: string | undefined): Decompressed {
  const decompress = decompressorOf(encoding?.trim().toLowerCase());
  if (decompress === undefined || body.length === 0) return { body, isCut: false };
  for (let length = body.length; length >= 1; length = Math.floor(length / 4)) {
    try {
      return { body: decompress(body.subarray(0, length)), isCut: length < body.length };
    } catch (error) {
      if (!isTooLarge(error)) break;
    }
  }
  return { body, isCut: false };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
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
