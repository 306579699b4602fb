import type { LoggedHit, LogRecord } from '../../contract/log-record.js';
import { type Score, severities, type WafAction } from '../../model/evidence.js';
import type { WafInfo } from '../../model/report.js';
import { parseReference } from './audit-reference.js';
import { parseMatch, parseMatchedData } from './match-text.js';
import { infoRuleId, parseProbe, scoreRuleId } from './probe-rules.js';
import { decidesBlocking, isBodyParserRule, isBookkeeping } from './rule-ids.js';

/**
 * Reads one line of libmodsecurity 3's JSON audit log (`SecAuditLogFormat JSON`). Values stand in it as the raw bytes of
 * the request, so the line is taken as bytes and each text is decoded after parsing; bytes that are not UTF-8 become
 * U+FFFD. Sample, shortened:
 * `{"transaction":{"unique_id":"…","request":{"headers":{"X-Wafproof-Id":"…"}},"response":{"http_code":403},
 * "producer":{"modsecurity":"ModSecurity v3.0.9 (Linux)","secrules_engine":"Enabled","components":["OWASP_CRS/3.3.4\""]},
 * "messages":[{"message":"…","details":{"match":"Matched \"Operator `Rx' with parameter `…' against variable `ARGS:a'
 * (Value: `…' )","reference":"o0,12v218,25","ruleId":"942190","data":"Matched Data: … found within ARGS:a: …",
 * "severity":"2","tags":["attack-sqli"]}}]}}`
 * @returns nothing for a line that is no such entry
 */
export function parseAuditJson(line: Uint8Array): LogRecord | undefined {
  const transaction = at(parseJson(line), 'transaction');
  const messages = at(transaction, 'messages');
  return Array.isArray(messages) ? readTransaction(transaction, messages.map(readMessage)) : undefined;
}

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1'), decodeText);
  } catch {
    return undefined;
  }
}

function decodeText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? Buffer.from(value, 'latin1').toString('utf8') : value;
}

/** One rule's line, every text of it present. */
interface Message {
  readonly ruleId: number;
  readonly text: string;
  readonly match: string;
  readonly reference: string;
  readonly data: string;
  readonly severity: string;
  readonly tags: readonly string[];
}

function readMessage(value: unknown): Message {
  const details = at(value, 'details');
  const tags = at(details, 'tags');
  return {
    ruleId: Number(text(at(details, 'ruleId'))),
    text: text(at(value, 'message')),
    match: text(at(details, 'match')),
    reference: text(at(details, 'reference')),
    data: text(at(details, 'data')),
    severity: text(at(details, 'severity')),
    tags: Array.isArray(tags) ? tags.map(text) : [],
  };
}

function readTransaction(transaction: unknown, messages: readonly Message[]): LogRecord {
  const correlationId = header(transaction, 'x-wafproof-id');
  const status = at(transaction, 'response', 'http_code');
  const score = readScore(messages);
  const waf = readWaf(transaction, messages);
  return {
    ...(correlationId !== undefined && { correlationId }),
    transactionId: text(at(transaction, 'unique_id')),
    ...(typeof status === 'number' && { status }),
    ...(score !== undefined && { score }),
    action: readAction(messages, waf),
    waf,
    hits: messages.filter(({ ruleId }) => Number.isInteger(ruleId) && !isBookkeeping(ruleId)).map(readHit),
  };
}

function header(transaction: unknown, name: string): string | undefined {
  const headers = at(transaction, 'request', 'headers');
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : undefined;
}

function readWaf(transaction: unknown, messages: readonly Message[]): WafInfo {
  const version = /v(\d[\w.]*)/.exec(text(at(transaction, 'producer', 'modsecurity')))?.[1];
  const ruleset = text(at(transaction, 'producer', 'components', '0')).replaceAll('"', '');
  const info = parseProbe(messages.find(({ ruleId }) => ruleId === infoRuleId)?.text ?? '');
  const paranoia = info['paranoia4'] ?? info['paranoia3'];
  return {
    kind: 'modsecurity',
    ...(version !== undefined && { version: `ModSecurity ${version}` }),
    ...(ruleset !== '' && { ruleset }),
    ...(paranoia !== undefined && { paranoia }),
    ...(info['threshold'] !== undefined && { threshold: info['threshold'] }),
    mode: text(at(transaction, 'producer', 'secrules_engine')) === 'DetectionOnly' ? 'detect' : 'block',
  };
}

/** From the score probe where it is loaded, else from the rule that compared the score with the threshold. */
function readScore(messages: readonly Message[]): Score | undefined {
  const probe = parseProbe(messages.find(({ ruleId }) => ruleId === scoreRuleId)?.text ?? '');
  if (probe['score'] !== undefined) return { inbound: probe['score'], threshold: probe['threshold'] ?? 0 };
  const evaluation = messages.find(({ ruleId }) => ruleId === 949110);
  const inbound = /Total Score: (\d+)/.exec(evaluation?.text ?? '')?.[1];
  const threshold = /^Matched "Operator `Ge' with parameter `(\d+)'/.exec(evaluation?.match ?? '')?.[1];
  if (inbound === undefined || threshold === undefined) return undefined;
  return { inbound: Number(inbound), threshold: Number(threshold) };
}

function readAction(messages: readonly Message[], { mode }: WafInfo): WafAction {
  const refused = messages.some(({ ruleId }) => decidesBlocking(ruleId) || isBodyParserRule(ruleId));
  if (!refused) return 'passed';
  return mode === 'detect' ? 'would-block' : 'blocked';
}

function readHit(message: Message): LoggedHit {
  // The engine writes severity 0, EMERGENCY, for rules that have none; no rule of the Core Rule Set is that severe.
  const severity = message.severity === '0' ? undefined : severities[Number(message.severity || 'none')];
  const line = parseMatch(message.match);
  const data = parseMatchedData(message.data, line.variable);
  const variable = line.variable ?? data?.variable;
  const matched = line.libinjection ? data?.value : (data?.matched ?? line.value);
  const truncated = data === undefined ? line.truncated : line.libinjection && data.truncated;
  return {
    ruleId: message.ruleId,
    message: message.text,
    ...(severity !== undefined && { severity }),
    tags: message.tags,
    ...(variable !== undefined && { variable }),
    ...(matched !== undefined && { matched }),
    ...(truncated && { matchedTruncated: true }),
    matches: parseReference(message.reference),
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
