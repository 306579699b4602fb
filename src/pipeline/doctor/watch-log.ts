import type { LogRecord, LogSource } from '../../contract/log-record.js';

/** Enough to tell what a log leaves out; a busy site writes more. */
const mostRecords = 2000;

/** The same source, of which the first records are kept as they pass. */
export function watchLog(source: LogSource, seen: LogRecord[]): LogSource {
  return {
    ...(source.settleMs !== undefined && { settleMs: source.settleMs }),
    async *records() {
      for await (const record of source.records()) {
        if (seen.length < mostRecords) seen.push(record);
        yield record;
      }
    },
    close: () => source.close(),
  };
}
