import { groupBy } from '../../../util/group-by.js';
import { at, list, text } from '../../../util/json-tree.js';
import type { ModsecurityRecord } from '../log-record.js';
import { isBookkeeping } from '../rule-ids.js';
import { asText } from './escapes.js';
import { correlationHeaderIn, userAgentIn } from './json-value.js';
import { slashTime } from './log-time.js';
import { loggedRequest } from './logged-request.js';
import { isLibinjection, noMatch, parseMatchedData, placeOf } from './match-text.js';
import { type LoggedPlace, parseSeverity, type RuleMessage } from './rule-message.js';
import { toRecord } from './transaction.js';
import { parseV2Message } from './v2-message.js';
import { decodeData } from './v2-places.js';

/**
 * Reads one line of Coraza's JSON audit log, parsed already. A status of 0, which part F shows, stands for a request that
 * was refused before the application answered. Sample, shortened:
 * `{"transaction":{"timestamp":"2026/11/23 05:53:08","id":"VCvtYYSXPPcWVtClkbf","request":{"headers":{"x-wafproof-id":
 * ["…"]}},"response":{"status":0},"producer":{"rule_engine":"On","rulesets":["OWASP_CRS/4.25.0"]},"is_interrupted":true},
 * "messages":[{"message":"","error_message":"[client \"127.0.0.1\"] Coraza: Warning. … [id \"942100\"] …","data":null}]}`
 */
export function readCorazaJson(value: unknown, prefix: string): ModsecurityRecord | undefined {
  const transaction = at(value, 'transaction');
  const interrupted = at(transaction, 'is_interrupted');
  if (typeof interrupted !== 'boolean') return undefined;
  const status = at(transaction, 'response', 'status');
  const ruleset = text(at(transaction, 'producer', 'rulesets', '0'));
  return toRecord(
    {
      correlationId: undefined,
      correlationHeader: correlationHeaderIn(at(transaction, 'request', 'headers')),
      requestHeaders: undefined,
      transactionId: text(at(transaction, 'id')),
      request: loggedRequest({
        method: text(at(transaction, 'request', 'method')),
        path: text(at(transaction, 'request', 'uri')),
        client: text(at(transaction, 'client_ip')),
        userAgent: userAgentIn(at(transaction, 'request', 'headers')),
      }),
      mayTakeId: false,
      at: slashTime(text(at(transaction, 'timestamp'))),
      status: typeof status === 'number' && status > 0 ? status : undefined,
      messages: readMessages(list(at(value, 'messages'))),
      interrupted: { is: interrupted, phase: undefined },
      mode: text(at(transaction, 'producer', 'rule_engine')) === 'DetectionOnly' ? 'detect' : 'block',
      version: 'Coraza',
      ruleset: ruleset === '' ? undefined : asText(ruleset),
      connector: text(at(transaction, 'producer', 'connector')) || undefined,
    },
    prefix,
  );
}

/**
 * Without audit log part K a message is the line of a rule, in `error_message`. With it there is a message for each variable
 * that the rule matched, with the same line, if part H is there, and in `data` what the line cuts:
 * `{"error_message":"…","data":{"id":942100,"msg":"…","data":"Matched Data: …","severity":2,"tags":["…"],"ver":"…"}}`
 */
function readMessages(messages: readonly unknown[]): readonly RuleMessage[] {
  const rules = groupBy(messages, (message) => text(at(message, 'error_message')) || at(message, 'data', 'id'));
  return [...rules.values()].flatMap(readRule);
}

function readRule(messages: readonly unknown[]): readonly RuleMessage[] {
  const [first] = messages;
  const line = text(at(first, 'error_message'));
  const rules = line === '' ? ruleInData(at(first, 'data')) : parseCorazaMessage(line);
  return rules.map((rule) => {
    const places = messages.flatMap((message) => uncutPlace(text(at(message, 'data', 'data')), rule));
    return places.length === 0 ? rule : { ...rule, places };
  });
}

function ruleInData(data: unknown): readonly RuleMessage[] {
  const ruleId = at(data, 'id');
  if (typeof ruleId !== 'number') return [];
  const severity = parseSeverity(String(at(data, 'severity')));
  const message = asText(text(at(data, 'msg')));
  return [
    {
      ruleId,
      isHit: !isBookkeeping(ruleId),
      denied: undefined,
      status: undefined,
      phase: undefined,
      words: message,
      message,
      data: asText(text(at(data, 'data'))),
      severity,
      tags: list(at(data, 'tags')).map((tag) => asText(text(tag))),
      ruleset: asText(text(at(data, 'ver'))),
      operand: undefined,
      places: [],
      matches: [],
    },
  ];
}

function uncutPlace(data: string, { words }: RuleMessage): readonly LoggedPlace[] {
  const found = parseMatchedData(data, undefined);
  return found === undefined ? [] : [placeOf(noMatch, decodeData(found, asText), isLibinjection(words))];
}

const start = /^\[client "[^"]*"\] Coraza: /;

/** The line of a rule has the first 280 bytes of its data, before they are escaped. */
const spelling = { decodeName: asText, cutAt: 280 };

/** `[client "127.0.0.1"] Coraza: Access denied (phase 2). … [id "949110"] …`, one character a byte. */
export function parseCorazaMessage(line: string): readonly RuleMessage[] {
  const begin = start.exec(line)?.[0];
  return begin === undefined ? [] : [parseV2Message(line.slice(begin.length), spelling)];
}
