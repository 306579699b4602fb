import { at, list, text } from '../../../util/json-tree.js';
import type { ModsecurityRecord } from '../log-record.js';
import { asText } from './escapes.js';
import { correlationHeaderIn, parseJsonLine, userAgentIn } from './json-value.js';
import { cTime } from './log-time.js';
import { loggedRequest } from './logged-request.js';
import { type RuleMessage, v3Severity } from './rule-message.js';
import { toRecord } from './transaction.js';
import { v3Message } from './v3-message.js';

/**
 * Reads one line of libmodsecurity 3's JSON audit log (`SecAuditLogFormat JSON`). Values stand in it as the raw bytes of
 * the request, so the line is taken as bytes and each text is decoded after parsing; bytes that are not UTF-8 become
 * U+FFFD. Sample, shortened:
 * `{"transaction":{"time_stamp":"Sun Nov 22 21:00:30 2026","unique_id":"…","request":{"headers":{"X-Wafproof-Id":"…"}},
 * "response":{"http_code":403},"producer":{"modsecurity":"ModSecurity v3.0.9 (Linux)","secrules_engine":"Enabled",
 * "components":["OWASP_CRS/3.3.4\""]},"messages":[{"message":"…","details":{"match":"Matched \"Operator `Rx' with
 * parameter `…' against variable `ARGS:a' (Value: `…' )","reference":"o0,12v218,25","ruleId":"942190","data":"Matched
 * Data: … found within ARGS:a: …","severity":"2","ver":"OWASP_CRS/3.3.4","tags":["attack-sqli"]}}]}}`
 * @returns nothing for a line that is no such entry
 */
export function parseV3Json(line: Uint8Array): ModsecurityRecord | undefined {
  return readV3Json(parseJsonLine(line), '');
}

/** The same for a value that is parsed already, its texts one character a byte. */
export function readV3Json(value: unknown, prefix: string): ModsecurityRecord | undefined {
  const transaction = at(value, 'transaction');
  const messages = at(transaction, 'messages');
  if (!Array.isArray(messages)) return undefined;
  const status = at(transaction, 'response', 'http_code');
  const version = /v(\d[\w.]*)/.exec(text(at(transaction, 'producer', 'modsecurity')))?.[1];
  const ruleset = text(at(transaction, 'producer', 'components', '0')).replaceAll('"', '');
  return toRecord(
    {
      correlationId: undefined,
      correlationHeader: correlationHeaderIn(at(transaction, 'request', 'headers')),
      requestHeaders: undefined,
      transactionId: text(at(transaction, 'unique_id')),
      request: loggedRequest({
        method: text(at(transaction, 'request', 'method')),
        path: text(at(transaction, 'request', 'uri')),
        client: text(at(transaction, 'client_ip')),
        userAgent: userAgentIn(at(transaction, 'request', 'headers')),
      }),
      mayTakeId: true,
      at: cTime(text(at(transaction, 'time_stamp'))),
      status: typeof status === 'number' ? status : undefined,
      messages: messages.map(readMessage),
      interrupted: undefined,
      mode: text(at(transaction, 'producer', 'secrules_engine')) === 'DetectionOnly' ? 'detect' : 'block',
      version: version === undefined ? undefined : `ModSecurity ${version}`,
      ruleset: ruleset === '' ? undefined : asText(ruleset),
      connector: text(at(transaction, 'producer', 'connector')) || undefined,
    },
    prefix,
  );
}

function readMessage(value: unknown): RuleMessage {
  const details = at(value, 'details');
  const ruleId = Number(text(at(details, 'ruleId')) || 'none');
  const texts = {
    match: text(at(details, 'match')),
    message: asText(text(at(value, 'message'))),
    data: asText(text(at(details, 'data'))),
    severity: v3Severity(text(at(details, 'severity'))),
    ruleset: asText(text(at(details, 'ver'))),
    reference: text(at(details, 'reference')),
    tags: list(at(details, 'tags')).map((tag) => asText(text(tag))),
  };
  return v3Message(Number.isInteger(ruleId) ? ruleId : undefined, texts, asText);
}
