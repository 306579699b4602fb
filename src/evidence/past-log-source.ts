import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';
import { recordsOnly } from './entry-files.js';
import { promptDelay } from './log-delay.js';

/** A log file that nobody writes any more, read once from start to end; `.gz` is unpacked. */
export function createPastLogSource<R extends LogRecord>(path: string, createReader: () => LogReader<R>): LogSource<R> {
  let done = false;
  return {
    delay: promptDelay,
    async *records() {
      if (done) return;
      done = true;
      yield* recordsOf(path, createReader());
    },
    close: async () => {
      done = true;
    },
  };
}

async function* recordsOf<R extends LogRecord>(path: string, reader: LogReader<R>): AsyncGenerator<R, void, undefined> {
  const bytes = openPast(path);
  try {
    for await (const chunk of bytes) {
      if (chunk instanceof Uint8Array) yield* recordsOnly(reader.push(chunk));
    }
  } catch (cause) {
    throw fail('LOG_MISSING', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  } finally {
    bytes.destroy();
  }
  yield* recordsOnly(reader.end());
}

function openPast(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!path.endsWith('.gz')) return file;
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  unpacked.on('close', () => file.destroy());
  return file.pipe(unpacked);
}
