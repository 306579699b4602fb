import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';

/** What a log says of a request that no rule matched. */
export function record(correlationId: string, action: ModsecurityRecord['action'] = 'passed'): ModsecurityRecord {
  return { correlationId, action, waf: { kind: 'modsecurity' }, hits: [] };
}
