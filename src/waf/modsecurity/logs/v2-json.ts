import { at, list, text } from '../../../util/json-tree.js';
import type { ModsecurityRecord } from '../log-record.js';
import { asText } from './escapes.js';
import { correlationHeaderIn, userAgentIn } from './json-value.js';
import { auditTime } from './log-time.js';
import { loggedRequest, partsOfLine } from './logged-request.js';
import { toRecord } from './transaction.js';
import { parseV2Message } from './v2-message.js';
import { readProducer } from './v2-producer.js';

/**
 * Reads one line of ModSecurity 2's JSON audit log, parsed already. Sample, shortened:
 * `{"transaction":{"time":"22/Nov/2026:20:56:15.330313 +0000","transaction_id":"…"},"request":{"request_line":"POST / …",
 * "headers":{"X-Wafproof-Id":"…"}},"response":{"status":403},"audit_data":{"messages":["Warning. … [id \"941100\"] …"],
 * "error_messages":["[file \"apache2_util.c\"] … the same again"],"action":{"intercepted":true,"phase":2,"message":"…"},
 * "producer":["ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/)","OWASP_CRS/3.3.4"],"engine_mode":"ENABLED"}}`
 */
export function readV2Json(value: unknown, prefix: string): ModsecurityRecord | undefined {
  const audit = at(value, 'audit_data');
  if (typeof audit !== 'object' || audit === null) return undefined;
  const status = at(value, 'response', 'status');
  const phase = at(audit, 'action', 'phase');
  // A list where rules say what they are (SecComponentSignature), else the engine's text alone.
  const producer = readProducer([at(audit, 'producer')].flat().map((part) => asText(text(part))));
  return toRecord(
    {
      correlationId: undefined,
      correlationHeader: correlationHeaderIn(at(value, 'request', 'headers')),
      requestHeaders: undefined,
      transactionId: text(at(value, 'transaction', 'transaction_id')),
      request: loggedRequest({
        ...partsOfLine(text(at(value, 'request', 'request_line'))),
        client: text(at(value, 'transaction', 'remote_address')),
        userAgent: userAgentIn(at(value, 'request', 'headers')),
      }),
      mayTakeId: false,
      at: auditTime(text(at(value, 'transaction', 'time'))),
      status: typeof status === 'number' ? status : undefined,
      messages: list(at(audit, 'messages')).map((message) => parseV2Message(text(message))),
      interrupted: {
        is: at(audit, 'action', 'intercepted') === true,
        phase: typeof phase === 'number' ? phase : undefined,
      },
      mode: text(at(audit, 'engine_mode')) === 'DETECTION_ONLY' ? 'detect' : 'block',
      version: producer.version,
      ruleset: producer.ruleset,
      connector: producer.connector,
    },
    prefix,
  );
}
