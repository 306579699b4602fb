import type { LogRecord } from '../contract/log-record.js';
import type { LogSource } from '../contract/log-source.js';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** An ISO 8601 time, or how long ago (`90s`, `10m`, `2h`, `1d`), as a time. */
export function sinceTime(since: string, now: Date): Date {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(since) ?? [];
  return unit === '' ? new Date(since) : new Date(now.getTime() - Number(count) * (seconds[unit] ?? 0) * 1000);
}

/** Leaves out the records of a log that are older. Logs tell whole seconds, some of them. */
export function recordsSince<R extends LogRecord>(source: LogSource<R>, since: Date): LogSource<R> {
  const earliest = new Date(Math.floor(since.getTime() / 1000) * 1000).toISOString();
  const isRecent = ({ at }: LogRecord) => at === undefined || at >= earliest;
  return {
    ...traitsOf(source),
    async *records() {
      for await (const record of source.records()) if (isRecent(record)) yield record;
    },
    close: () => source.close(),
  };
}

/** What a source says of itself, for one that passes its records on. */
export function traitsOf({
  delay,
  settleMs,
  comesUpMs,
}: LogSource): Pick<LogSource, 'delay' | 'settleMs' | 'comesUpMs'> {
  return { delay, ...(settleMs !== undefined && { settleMs }), ...(comesUpMs !== undefined && { comesUpMs }) };
}
