import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { createStreamLogSource } from './stream-log-source.js';

/** Reads a log from standard input, such as `tail -F … | wafproof run --log -`. */
export function createStandardInputSource<R extends LogRecord>(reader: LogReader<R>): LogSource<R> {
  const stream = openStandardInput();
  return createStreamLogSource({
    stream,
    reader,
    whyEnded: () => 'standard input has ended',
    close: async () => {
      stream.destroy();
    },
  });
}

/** A pipe is read as a socket, which can be let go of while nothing comes; files and terminals cannot be one. */
function openStandardInput(): Readable {
  try {
    return new Socket({ fd: 0, readable: true, writable: false });
  } catch {
    return createReadStream('', { fd: 0, autoClose: false });
  }
}
