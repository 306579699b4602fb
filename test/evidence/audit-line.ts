import type { LogRecord } from '../../src/contract/log-record.js';

/** One line of the log that the tests' servers write: `{"id":"w7-test-1","status":403}`. */
export function auditLine(id: string, status: number, extra: object = {}): string {
  return `${JSON.stringify({ id, status, ...extra })}\n`;
}

/** Reads such a line; nothing for junk. */
export function parseAuditLine(line: Uint8Array): LogRecord | undefined {
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
