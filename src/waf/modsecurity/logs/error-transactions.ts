import type { LinesSeen, LogRecord } from '../../../contract/log-record.js';
import { closingRuleId, openingRuleId } from '../marker-rule.js';
import type { ErrorLine } from './error-lines.js';
import type { RuleMessage } from './rule-message.js';
import { isCorrelationId, markedId, toRecord } from './transaction.js';

const mostTied = 50_000;
const mostHeld = 20_000;

interface Tied {
  readonly correlationId: string;
  /** Empty where the log does not tell. */
  readonly connection: string;
}

/**
 * Ties lines of an error log, which knows no request headers, to correlation ids: by the line of a marker rule with the
 * same transaction id, or because the transaction id is one (nginx: `modsecurity_transaction_id "$http_x_wafproof_id";`).
 * Each line is a partial record of its own. Lines that come before the marker's are held back until it comes.
 */
export class ErrorTransactions {
  readonly #prefix: string;
  readonly #tied = new Map<string, Tied>();
  readonly #held = new Map<string, ErrorLine[]>();
  #heldCount = 0;
  /** The transaction under way on a connection. */
  readonly #underWay = new Map<string, string>();

  /** @param prefix what correlation ids begin with; empty: every transaction is of interest */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Whether a transaction has begun and not ended. */
  get isUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  /** The records that a line completes. */
  take(line: ErrorLine, isMarker: boolean): readonly LogRecord[] {
    const { transactionId } = line;
    if (this.#isTorn(line)) return this.takeCut(this.#tied.get(transactionId)?.connection ?? '');
    const message = isMarker ? line.read() : undefined;
    if (message !== undefined && this.#tie(line, message)) {
      return [...this.#release(transactionId), ...this.#record(line, message)];
    }
    if (this.#tied.has(transactionId) || this.#mayTakeId(line)) return this.#record(line, line.read());
    this.#hold(line);
    return [];
  }

  /** A line that tells nothing but its connection, because it was cut. */
  takeCut(connection: string): readonly LogRecord[] {
    const transactionId = this.#underWay.get(connection);
    const correlationId = transactionId === undefined ? undefined : this.#tied.get(transactionId)?.correlationId;
    if (transactionId === undefined || correlationId === undefined) return [];
    const record = toRecord({ correlationId, transactionId, messages: [] }, this.#prefix);
    return [{ ...record, partial: true, lines: { ...noLines, cut: true } }];
  }

  /** What was held back and never tied, where every transaction is of interest. */
  end(): readonly LogRecord[] {
    const ids = this.#prefix === '' ? [...this.#held.keys()] : [];
    return ids.flatMap((id) => this.#release(id));
  }

  /** A name or a header field may look like the end of a line, but cannot know the prefix of a run. */
  #mayTakeId({ transactionId, engine, certain }: ErrorLine): boolean {
    return engine === 'v3' && (certain || this.#prefix !== '') && isCorrelationId(transactionId, this.#prefix);
  }

  #tie({ transactionId, connection }: ErrorLine, message: RuleMessage): boolean {
    const id = markedId([message]);
    if (id === undefined || !id.startsWith(this.#prefix)) return false;
    remember(this.#tied, transactionId, { correlationId: id, connection });
    if (message.ruleId === closingRuleId) this.#underWay.delete(connection);
    else if (connection !== '') remember(this.#underWay, connection, transactionId);
    return true;
  }

  /** The end of one line after the begin of another: all lines of a transaction are of one connection. */
  #isTorn({ transactionId, connection }: ErrorLine): boolean {
    const known = this.#tied.get(transactionId)?.connection ?? connection;
    return known !== connection;
  }

  #hold(line: ErrorLine): void {
    const lines = this.#held.get(line.transactionId);
    if (lines === undefined) this.#held.set(line.transactionId, [line]);
    else lines.push(line);
    this.#heldCount++;
    while (this.#heldCount > mostHeld) this.#forget(firstKey(this.#held));
  }

  #forget(transactionId: string): readonly ErrorLine[] {
    const lines = this.#held.get(transactionId) ?? [];
    this.#held.delete(transactionId);
    this.#heldCount -= lines.length;
    return lines;
  }

  #release(transactionId: string): readonly LogRecord[] {
    return this.#forget(transactionId).flatMap((line) => this.#record(line, line.read()));
  }

  /** The closing marker's record is whole: what comes after it only repeats. */
  #record(line: ErrorLine, message: RuleMessage | undefined): readonly LogRecord[] {
    if (message === undefined) return [];
    const { transactionId, at, engine } = line;
    const correlationId = this.#tied.get(transactionId)?.correlationId;
    const mayTakeId = this.#mayTakeId(line);
    const version = engine === 'coraza' ? 'Coraza' : undefined;
    const record = toRecord(
      { correlationId, transactionId, mayTakeId, at, messages: [message], version },
      this.#prefix,
    );
    const isLast = message.ruleId === closingRuleId;
    const lines = { first: message.ruleId === openingRuleId, last: isLast, cut: false };
    return [{ ...record, ...(!isLast && { partial: true as const }), ...(correlationId !== undefined && { lines }) }];
  }
}

const noLines: LinesSeen = { first: false, last: false, cut: false };

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  if (map.size > mostTied) map.delete(firstKey(map));
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key;
  return '';
}

/** Whether a line may be a marker rule's; cheaper than reading it. */
export function mayBeMarker(line: string): boolean {
  return line.includes(opening) || line.includes(closing);
}

const opening = `[id "${openingRuleId}"]`;
const closing = `[id "${closingRuleId}"]`;
