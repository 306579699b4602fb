import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LogItem, LogReader, LogRecord, LogSource } from '../contract/log-record.js';
import { fail } from '../model/error.js';

/** A log file that nobody writes any more, read once from start to end; `.gz` is unpacked. */
export function createPastLogSource(path: string, createReader: () => LogReader): LogSource {
  let done = false;
  return {
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

async function* recordsOf(path: string, reader: LogReader): AsyncGenerator<LogRecord, void, undefined> {
  const bytes = openPast(path);
  try {
    for await (const chunk of bytes) {
      if (chunk instanceof Uint8Array) yield* recordsOnly(reader.push(chunk));
    }
  } catch (cause) {
    throw fail('LOG_MISSING', { reason: String(cause) }, { place: { file: path }, cause });
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

function recordsOnly(items: Iterable<LogItem>): readonly LogRecord[] {
  return [...items].flatMap((item) => ('entryFile' in item ? [] : [item]));
}
