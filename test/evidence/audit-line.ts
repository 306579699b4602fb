import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogItem, LogReader, LogSource } from '../../src/contract/log-source.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { LineSplitter } from '../../src/util/split-lines.js';

/** One line of the log that the tests' servers write: `{"id":"w7-test-1","status":403}`. */
export function auditLine(id: string, status: number, extra: object = {}): string {
  return `${JSON.stringify({ id, status, ...extra })}\n`;
}

/** A line that says which file an entry stands in. */
export function indexLine(entryFile: string): string {
  return `${JSON.stringify({ entryFile })}\n`;
}

/** Reads such a line; nothing for junk. */
function parseAuditLine(line: Uint8Array): LogItem | undefined {
  try {
    const { id, status, entryFile } = JSON.parse(Buffer.from(line).toString());
    if (typeof entryFile === 'string') return { entryFile };
    if (typeof id !== 'string' || typeof status !== 'number') return undefined;
    return {
      correlationId: id,
      status,
      action: status === 403 ? 'blocked' : 'passed',
      waf: { kind: 'modsecurity' },
      hits: [],
    };
  } catch {
    return undefined;
  }
}

/** A reader of such lines. */
export function auditLineReader(): LogReader {
  const splitter = new LineSplitter(1024 * 1024);
  const records = (bytes: Uint8Array) => [...splitter.push(bytes)].flatMap((line) => parseAuditLine(line) ?? []);
  return { push: records, end: () => records(Buffer.from('\n')), skipped: 0 };
}

/** A source of records that are there already, and whether it was closed. */
export class Records implements LogSource {
  readonly delay = promptDelay;
  readonly settleMs?: number;
  readonly #given: readonly LogRecord[];
  closed = false;

  constructor(given: readonly LogRecord[], settleMs?: number) {
    this.#given = given;
    if (settleMs !== undefined) this.settleMs = settleMs;
  }

  async *records(): AsyncGenerator<LogRecord> {
    yield* this.#given;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** The ids of the records that a source has now. */
export async function idsIn(source: LogSource): Promise<readonly (string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { correlationId } of source.records()) ids.push(correlationId);
  return ids;
}

/** What a log says of a request that no rule matched. */
export function record(correlationId: string | undefined, action: LogRecord['action'] = 'passed'): LogRecord {
  return { ...(correlationId !== undefined && { correlationId }), action, waf: { kind: 'modsecurity' }, hits: [] };
}
