import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { openStandardInput } from '../util/standard-input.js';
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
