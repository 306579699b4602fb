import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogReader } from '../../src/contract/log-source.js';
import { LineSplitter } from '../../src/util/split-lines.js';

/** One line of the log that the tests' servers write: `{"id":"w7-test-1","status":403}`. */
export function auditLine(id: string, status: number, extra: object = {}): string {
  return `${JSON.stringify({ id, status, ...extra })}\n`;
}

/** Reads such a line; nothing for junk. */
function parseAuditLine(line: Uint8Array): LogRecord | undefined {
  try {
    const { id, status } = JSON.parse(Buffer.from(line).toString());
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
