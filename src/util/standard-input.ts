import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** A pipe is read as a socket, which can be let go of while nothing comes; files and terminals cannot be one. */
export function openStandardInput(): Readable {
  try {
    return new Socket({ fd: 0, readable: true, writable: false });
  } catch {
    return createReadStream('', { fd: 0, autoClose: false });
  }
}

/** All that standard input holds, or no more than `limit` and one byte. It can be read once; who asks again gets the same. */
export function readStandardInput(limit: number): Promise<Buffer> {
  read ??= collect(openStandardInput(), limit);
  return read;
}

let read: Promise<Buffer> | undefined;

async function collect(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
