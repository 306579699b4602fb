import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import * as zlib from 'node:zlib';

/** So much is read at once, in bytes. */
const chunkBytes = 256 * 1024;
const standardInput = '-';

/** Bytes of a log that nobody writes any more. */
export interface PastBytes {
  readonly bytes: Buffer;
  /** How many bytes of the file have been read, packed or not. */
  readonly done: number;
}

/** A way of packing, by the bytes that its files begin with. */
interface Packing {
  readonly name: string;
  readonly magic: readonly number[];
  /** Absent where this Node cannot unpack it. */
  readonly unpack: (() => zlib.Gunzip) | undefined;
}

const packings: readonly Packing[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], unpack: zlib.createGunzip },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: zstd() },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], unpack: undefined },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], unpack: undefined },
];

/** Node 22.15 and later can. */
function zstd(): Packing['unpack'] {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  return typeof create === 'function' ? () => create() as zlib.Gunzip : undefined;
}

/** Reads a file, or `-`, from start to end; what is packed is unpacked, whatever it is called. */
export async function* readPast(path: string, signal: AbortSignal): AsyncGenerator<PastBytes, void, undefined> {
  const file = createReadStream(path === standardInput ? '' : path, {
    highWaterMark: chunkBytes,
    signal,
    ...(path === standardInput && { fd: 0, autoClose: false }),
  });
  const first = await firstOf(file);
  if (first === undefined) return;
  const packing = packings.find(({ magic }) => magic.every((byte, i) => first[i] === byte));
  if (packing !== undefined && packing.unpack === undefined) {
    file.destroy();
    throw new Error(`it is packed with ${packing.name}: unpack it, and pass the result on`);
  }
  const stream = packing?.unpack === undefined ? file : unpacked(file, packing.unpack());
  try {
    for await (const bytes of stream) if (Buffer.isBuffer(bytes)) yield { bytes, done: file.bytesRead };
  } finally {
    stream.destroy();
  }
}

/** The first bytes, which are put back. */
async function firstOf(file: Readable): Promise<Buffer | undefined> {
  for (;;) {
    const chunk: unknown = file.read();
    if (Buffer.isBuffer(chunk)) {
      file.unshift(chunk);
      return chunk;
    }
    if (file.readableEnded || !(await isReadable(file))) return undefined;
  }
}

function isReadable(file: Readable): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const done = (readable: boolean) => {
      for (const event of ['readable', 'end', 'error']) file.removeAllListeners(event);
      resolve(readable);
    };
    file.once('readable', () => done(true));
    file.once('end', () => done(false));
    file.once('error', reject);
  });
}

function unpacked(file: Readable, unpack: zlib.Gunzip): Readable {
  file.on('error', (error) => unpack.destroy(error));
  unpack.on('close', () => file.destroy());
  return file.pipe(unpack);
}
