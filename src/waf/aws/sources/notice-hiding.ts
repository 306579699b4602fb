import type { LogSource } from '../../../contract/log-source.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { AwsRecord } from '../log-record.js';

/**
 * The same records; where some of them hide the header by which requests are found, this is told among what is missing.
 * @param hidden what is known beforehand to hide it
 */
export function noticeHiding(source: LogSource<AwsRecord>, hidden?: string): LogSource<AwsRecord> {
  const { delay, settleMs, comesUpMs } = source;
  let hiding = hidden;
  return {
    delay,
    ...(settleMs !== undefined && { settleMs }),
    ...(comesUpMs !== undefined && { comesUpMs }),
    get gaps() {
      const gaps = [hiding, source.gaps].filter((gap) => gap !== undefined);
      return gaps.length === 0 ? undefined : gaps.join('; ');
    },
    async *records() {
      for await (const record of source.records()) {
        if (record.hidesId === true) hiding ??= inRecords;
        yield record;
      }
    },
    close: () => source.close(),
  };
}

const inRecords = `records hide ${correlationHeader}: take it out of RedactedFields of the logging configuration, or out of the data protection of the web ACL`;
