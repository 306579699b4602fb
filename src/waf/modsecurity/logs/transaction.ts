import type { LoggedRequest } from '../../../contract/log-record.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { BlockedBy, Score, WafAction } from '../../../model/evidence.js';
import type { WafInfo, WafMode } from '../../../model/report.js';
import type { Pair } from '../../../model/request.js';
import type { Writable } from '../../../util/writable.js';
import type { ModsecurityHit, ModsecurityRecord } from '../log-record.js';
import { closingRuleId, openingRuleId } from '../marker-rule.js';
import { infoRuleId, parseProbe, scoreRuleId } from '../probe-rules.js';
import { blockingSide, internalErrorRule, isBodyParserRule } from '../rule-ids.js';
import { isOnlyNoted, isUnfinished, ranOut, reasonIn, shortened } from './parser-reason.js';
import { addHits, type RuleMessage } from './rule-message.js';

/** What a log tells of one transaction, the same for every engine and format. */
export interface Transaction {
  /** The correlation id, where it is known from elsewhere. */
  readonly correlationId: string | undefined;
  /** The value of the correlation header, where the log shows it. */
  readonly correlationHeader: string | undefined;
  /**
   * Request headers, where the log shows all of them in the order of the request. JSON does not, nor does
   * libmodsecurity 3 in any format.
   */
  readonly requestHeaders: readonly Pair[] | undefined;
  readonly transactionId: string | undefined;
  readonly request: LoggedRequest | undefined;
  /** The engine can be set up to take the correlation id for its own id of the transaction: libmodsecurity 3 can. */
  readonly mayTakeId: boolean;
  readonly at: string | undefined;
  readonly status: number | undefined;
  readonly messages: readonly RuleMessage[];
  /** The log says outright whether the engine refused. */
  readonly interrupted: { readonly is: boolean; readonly phase: number | undefined } | undefined;
  readonly mode: WafMode | undefined;
  readonly version: string | undefined;
  readonly ruleset: string | undefined;
  /** What the engine is built into. */
  readonly connector: string | undefined;
  /** Something else stands in the entry. */
  readonly isTorn?: boolean | undefined;
}

/** @param prefix what correlation ids of interest begin with, if only some are */
export function toRecord(transaction: Transaction, prefix: string): ModsecurityRecord {
  const { messages, transactionId, request, at, connector, requestHeaders } = transaction;
  const correlationId = correlationIdOf(transaction, prefix);
  const refusal = readRefusal(transaction);
  const status = transaction.status ?? messages.findLast((message) => message.status !== undefined)?.status;
  const score = readScore(messages);
  const hits: ModsecurityHit[] = [];
  for (const message of messages) addHits(hits, message);
  const explained = hits.map((hit) => withReason(hit, messages));
  const waf = readWaf(transaction);
  const record: Writable<ModsecurityRecord> = { action: refusal?.action ?? 'passed', waf, hits: explained };
  if (correlationId !== undefined) record.correlationId = correlationId;
  if (transactionId !== undefined) record.transactionId = transactionId;
  if (request !== undefined) record.request = request;
  if (refusal !== undefined) record.blockedBy = refusal.blockedBy;
  const unread = refusal === undefined ? parserWordsIn(messages) : undefined;
  if (unread !== undefined) record.unread = unread;
  if (transaction.isTorn === true) record.isTorn = true;
  if (at !== undefined) record.at = at;
  if (requestHeaders !== undefined) record.requestHeaders = requestHeaders;
  if (connector !== undefined) record.connector = connector;
  if (status !== undefined) record.status = status;
  if (score !== undefined) record.score = score;
  return record;
}

/** Where a rule has no data of its own, the parser's words tell why it refused. */
function withReason(hit: ModsecurityHit, messages: readonly RuleMessage[]): ModsecurityHit {
  if (hit.reason !== undefined || !(isBodyParserRule(hit.ruleId) || hit.ruleId === internalErrorRule)) return hit;
  const reason = hit.ruleId === internalErrorRule ? unfinishedIn(messages) : parserWordsIn(messages);
  return reason === undefined ? hit : { ...hit, reason };
}

/** Which rule could not be finished. */
function unfinishedIn(messages: readonly RuleMessage[]): string | undefined {
  const rule = messages.find(({ words }) => isUnfinished(words))?.ruleId;
  return rule === undefined ? undefined : `rule ${rule} ${ranOut}`;
}

function correlationIdOf(transaction: Transaction, prefix: string): string | undefined {
  const { messages, transactionId, mayTakeId } = transaction;
  const taken = mayTakeId && isCorrelationId(transactionId, prefix) ? transactionId : undefined;
  return transaction.correlationId ?? transaction.correlationHeader ?? markedId(messages) ?? taken;
}

const correlationHeaderName = correlationHeader.toLowerCase();

/** Whether a header field has the name of the correlation header, in whatever case. */
export function isCorrelationHeader(name: string): boolean {
  return name.length === correlationHeaderName.length && name.toLowerCase() === correlationHeaderName;
}

/** The correlation id that a marker rule logged. */
export function markedId(messages: readonly RuleMessage[]): string | undefined {
  return messages.find(({ ruleId, data }) => isMarker(ruleId) && data !== '')?.data;
}

function isMarker(ruleId: number | undefined): boolean {
  return ruleId === openingRuleId || ruleId === closingRuleId;
}

/** Whether an id is one of a run, or of any run where none is given. */
export function isCorrelationId(id: string | undefined, prefix: string): boolean {
  return id?.startsWith(prefix === '' ? anyPrefix : prefix) === true;
}

/** What every correlation id begins with; ids of transactions have no hyphen as their third character. */
const anyPrefix = 'w7-';

interface Refusal {
  readonly action: Exclude<WafAction, 'passed'>;
  readonly blockedBy: BlockedBy;
}

function readRefusal(transaction: Transaction): Refusal | undefined {
  const { messages, interrupted } = transaction;
  const denied = messages.findLast((message) => message.denied === true);
  if (denied !== undefined) return { action: 'blocked', blockedBy: blockedByRule(denied) };
  const decided = messages.find(decides);
  if (interrupted?.is === true) return { action: 'blocked', blockedBy: interruptedBy(decided, interrupted.phase) };
  if (decided !== undefined) return { action: actionOf(decided, transaction), blockedBy: blockedByRule(decided) };
  return readParserRefusal(transaction);
}

function decides({ ruleId }: RuleMessage): boolean {
  return (
    ruleId !== undefined &&
    (blockingSide(ruleId) !== undefined || isBodyParserRule(ruleId) || ruleId === internalErrorRule)
  );
}

function actionOf({ denied }: RuleMessage, { mode, interrupted }: Transaction): Refusal['action'] {
  if (mode === 'detect' || interrupted?.is === false) return 'would-block';
  return denied === false ? 'would-block' : 'blocked';
}

/** A refusal without a line: a rule with `nolog`. */
function interruptedBy(decided: RuleMessage | undefined, phase: number | undefined): BlockedBy {
  if (decided !== undefined) return blockedByRule(decided);
  return { kind: 'rule', ...(phase !== undefined && { phase }) };
}

const usualPhases: Readonly<Record<number, number>> = { 949110: 2, 949111: 1, 959100: 4, 959101: 3 };

function blockedByRule(message: RuleMessage): BlockedBy {
  const { ruleId, phase, data, denied, status } = message;
  const refusal = denied === true && status !== undefined ? { status } : {};
  if (ruleId === undefined) return { kind: 'rule', ...(phase !== undefined && { phase }), ...refusal };
  const isParser = isBodyParserRule(ruleId);
  const inPhase = phase ?? (isParser ? 2 : usualPhases[ruleId]);
  const kind = blockingSide(ruleId) ?? (isParser ? 'body-parser' : 'rule');
  const blockedBy: Writable<BlockedBy> = { kind, ruleId, ...refusal };
  if (inPhase !== undefined) blockedBy.phase = inPhase;
  const reason = isParser ? (reasonIn(message) ?? shortened(data)) : undefined;
  if (reason !== undefined) blockedBy.reason = reason;
  return blockedBy;
}

const parserWords = /pars(?:ing|er) error|larger than the configured limit|reading request body|exceeds? the limit/i;

const parserStatuses: readonly number[] = [400, 408, 413, 500];

/**
 * ModSecurity 2 refuses a body that it cannot read to its end without any rule, with 500 or 413, and where it only detects too;
 * or it goes on, if it is told to take what is over a limit, and the words are the same. Where the log shows no status of the
 * answer, it does not tell which.
 * `JSON parser error: parse error: premature EOF`, `Multipart parsing error: Multipart: Final boundary missing.`,
 * `Request body no files data length is larger than the configured limit (131072).`
 */
function readParserRefusal({ messages, status }: Transaction): Refusal | undefined {
  const reason = parserWordsIn(messages.filter(({ words }) => !isOnlyNoted(words)));
  if (reason === undefined || (status !== undefined && !parserStatuses.includes(status))) return undefined;
  const blockedBy = { kind: 'body-parser', reason } as const;
  return { action: 'blocked', blockedBy: status === undefined ? { ...blockedBy, assumed: true } : blockedBy };
}

/** The parser's own words, which are of no rule. */
function parserWordsIn(messages: readonly RuleMessage[]): string | undefined {
  const said = messages.find(({ ruleId, denied, words }) => {
    return ruleId === undefined && denied === undefined && parserWords.test(words);
  });
  return said === undefined ? undefined : shortened(said.words);
}

function readWaf({ messages, version, ruleset, mode }: Transaction): WafInfo {
  const info = readProbe(messages, infoRuleId);
  const rules = ruleset ?? messages.find((message) => message.ruleset.startsWith('OWASP_CRS/'))?.ruleset;
  const paranoia = info['paranoia4'] ?? info['paranoia3'];
  const waf: Writable<WafInfo> = { kind: 'modsecurity' };
  if (version !== undefined) waf.version = version;
  if (rules !== undefined) waf.ruleset = rules;
  if (paranoia !== undefined) waf.paranoia = paranoia;
  if (info['threshold'] !== undefined) waf.threshold = info['threshold'];
  if (mode !== undefined) waf.mode = mode;
  return waf;
}

function readProbe(messages: readonly RuleMessage[], id: number): ReturnType<typeof parseProbe> {
  const probe = messages.find(({ ruleId }) => ruleId === id);
  return probe === undefined ? {} : parseProbe(probe.message);
}

/** From the score probe where it is loaded, else from the rules that compared the score with the threshold or sum up. */
function readScore(messages: readonly RuleMessage[]): Score | undefined {
  const probe = readProbe(messages, scoreRuleId);
  if (probe['score'] !== undefined) return { inbound: probe['score'], threshold: probe['threshold'] ?? 0 };
  for (const { ruleId, isHit, message, operand } of messages) {
    const inbound = isHit || ruleId === undefined ? undefined : scoreTexts.get(ruleId)?.exec(message)?.[1];
    if (inbound === undefined) continue;
    const threshold = operand ?? /Inbound Scores: [^)]*\bthreshold=(\d+)/.exec(message)?.[1];
    if (threshold !== undefined) return { inbound: Number(inbound), threshold: Number(threshold) };
  }
  return undefined;
}

/**
 * CRS 3 and 4, 949110: `Inbound Anomaly Score Exceeded (Total Score: 20)`. CRS 3, 980130: `… (Total Inbound Score: 20 -
 * SQLI=20,…`. CRS 4, 980170: `Anomaly Scores: (Inbound Scores: blocking=20, detection=20, per_pl=20-0-0-0, threshold=5) …`.
 */
const scoreTexts: ReadonlyMap<number, RegExp> = new Map([
  [949110, /Total Score: (\d+)/],
  [949111, /Total Score: (\d+)/],
  [980130, /Total Inbound Score: (\d+)/],
  [980170, /Inbound Scores: blocking=(\d+)/],
]);
