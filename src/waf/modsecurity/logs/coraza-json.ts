import type { LogRecord } from '../../../contract/log-record.js';
import { asText } from './escapes.js';
import { at, list, pairs, text } from './json-value.js';
import { slashTime } from './log-time.js';
import type { RuleMessage } from './rule-message.js';
import { toRecord } from './transaction.js';
import { parseV2Message } from './v2-message.js';

/**
 * Reads one line of Coraza's JSON audit log, parsed already. Without audit log part K a message has its text only, in
 * `error_message`. A status of 0 stands for a request that was refused before the application answered. Sample, shortened:
 * `{"transaction":{"timestamp":"2026/11/23 05:53:08","id":"VCvtYYSXPPcWVtClkbf","request":{"headers":{"x-wafproof-id":
 * ["…"]}},"response":{"status":0},"producer":{"rule_engine":"On","rulesets":["OWASP_CRS/4.25.0"]},"is_interrupted":true},
 * "messages":[{"message":"","error_message":"[client \"127.0.0.1\"] Coraza: Warning. … [id \"942100\"] …","data":null}]}`
 */
export function readCorazaJson(value: unknown, prefix: string): LogRecord | undefined {
  const transaction = at(value, 'transaction');
  const interrupted = at(transaction, 'is_interrupted');
  if (typeof interrupted !== 'boolean') return undefined;
  const status = at(transaction, 'response', 'status');
  const ruleset = text(at(transaction, 'producer', 'rulesets', '0'));
  return toRecord(
    {
      headers: pairs(at(transaction, 'request', 'headers')),
      transactionId: text(at(transaction, 'id')),
      at: slashTime(text(at(transaction, 'timestamp'))),
      status: typeof status === 'number' && status > 0 ? status : undefined,
      messages: list(at(value, 'messages')).flatMap((message) =>
        parseCorazaMessage(text(at(message, 'error_message'))),
      ),
      interrupted: { is: interrupted },
      version: 'Coraza',
      connector: text(at(transaction, 'producer', 'connector')) || undefined,
      ruleset: ruleset === '' ? undefined : asText(ruleset),
      mode: text(at(transaction, 'producer', 'rule_engine')) === 'DetectionOnly' ? 'detect' : 'block',
    },
    prefix,
  );
}

const start = /^\[client "[^"]*"\] Coraza: /;

/** `[client "127.0.0.1"] Coraza: Access denied (phase 2). … [id "949110"] …`, one character a byte. */
export function parseCorazaMessage(line: string): readonly RuleMessage[] {
  const begin = start.exec(line)?.[0];
  return begin === undefined ? [] : [parseV2Message(line.slice(begin.length), 'escaped')];
}
