import { ownCopy } from '../../../util/own-copy.js';
import { RecentMap } from '../../../util/recent-map.js';
import type { Writable } from '../../../util/writable.js';
import type { ModsecurityRecord } from '../log-record.js';
import { closingRuleId, openingRuleId } from '../marker-rule.js';
import { type ErrorLine, errorLines } from './error-lines.js';
import { HeldLines } from './held-lines.js';
import type { RuleMessage } from './rule-message.js';
import { isCorrelationId, markedId, type Transaction, toRecord } from './transaction.js';

/** More than are under way at a time. */
const mostTied = 10_000;

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
  readonly #tied = new RecentMap<Tied>(mostTied);
  readonly #held = new HeldLines();
  /** The transaction under way on a connection. */
  readonly #underWay = new RecentMap<string>(mostTied);

  /** Transactions whose lines were given out at once. */
  readonly #given = new RecentMap<string>(mostTied);
  readonly #atOnce: boolean;

  /**
   * @param prefix what correlation ids begin with; empty: every transaction is of interest
   * @param atOnce each line is given out when it comes, whether a marker rule tells its correlation id or not
   */
  constructor(prefix: string, atOnce = false) {
    this.#prefix = prefix;
    this.#atOnce = atOnce;
  }

  /** Whether a transaction has begun and not ended. */
  get isUnderWay(): boolean {
    return !this.#underWay.isEmpty;
  }

  /**
   * The records that a line completes, in each way in which it may be read.
   * @param line its bytes, which may change afterwards
   * @param isMarker whether it may be the line of a marker rule with an id of interest
   */
  take(line: Buffer, lines: readonly ErrorLine[], isMarker: boolean): readonly ModsecurityRecord[] {
    if (lines.length === 0) return [];
    if (this.#atOnce) return this.#giveOut(lines);
    return lines.flatMap((one, way) => {
      const records = this.#take(one, isMarker);
      if (records === undefined) this.#held.hold(one.transactionId, line, way);
      return records ?? [];
    });
  }

  /** Of the ways in which a line may be read, the one that is of a transaction with other lines is the likeliest. */
  #giveOut(lines: readonly ErrorLine[]): readonly ModsecurityRecord[] {
    const line = lines.find(({ transactionId }) => this.#given.get(transactionId) !== undefined) ?? lines[0];
    const message = line?.read();
    if (line === undefined || message === undefined) return [];
    const transactionId = ownCopy(line.transactionId);
    this.#given.set(transactionId, transactionId);
    this.#tie(line, message);
    return this.#record(line, message);
  }

  /** Nothing for a line that is to be held back. */
  #take(line: ErrorLine, isMarker: boolean): readonly ModsecurityRecord[] | undefined {
    const { transactionId } = line;
    const tied = this.#tied.get(transactionId);
    // The end of one line after the begin of another: all lines of a transaction are of one connection.
    if (tied !== undefined && tied.connection !== line.connection()) return this.takeCut(tied.connection);
    const isOurs = tied !== undefined || this.#mayTakeId(line);
    const message = isOurs || isMarker ? line.read() : undefined;
    if (message !== undefined && isMarker && this.#tie(line, message)) {
      return [...this.#release(transactionId), ...this.#record(line, message)];
    }
    return isOurs ? this.#record(line, message) : undefined;
  }

  /** A line that tells nothing but its connection, because it was cut. */
  takeCut(connection: string): readonly ModsecurityRecord[] {
    if (this.#atOnce) return [];
    const transactionId = this.#underWay.get(connection);
    const correlationId = transactionId === undefined ? undefined : this.#tied.get(transactionId)?.correlationId;
    if (transactionId === undefined || correlationId === undefined) return [];
    const record = toRecord({ ...noTransaction, correlationId, transactionId }, this.#prefix);
    return [{ ...record, partial: true, lines: { first: false, last: false, cut: true } }];
  }

  /** What was held back and never tied, where every transaction is of interest. */
  end(): readonly ModsecurityRecord[] {
    const ids = this.#prefix === '' ? this.#held.transactions : [];
    return ids.flatMap((id) => this.#release(id));
  }

  /** A name or a header field may look like the end of a line, but cannot know the prefix of a run. */
  #mayTakeId({ transactionId, engine, certain }: ErrorLine): boolean {
    return engine === 'v3' && (certain || this.#prefix !== '') && isCorrelationId(transactionId, this.#prefix);
  }

  #tie(line: ErrorLine, message: RuleMessage): boolean {
    const id = markedId([message]);
    if (id === undefined || !id.startsWith(this.#prefix)) return false;
    const transactionId = ownCopy(line.transactionId);
    const connection = ownCopy(line.connection());
    this.#tied.set(transactionId, { correlationId: ownCopy(id), connection });
    if (message.ruleId === closingRuleId) this.#underWay.delete(connection);
    else if (connection !== '') this.#underWay.set(connection, transactionId);
    return true;
  }

  #release(transactionId: string): readonly ModsecurityRecord[] {
    return this.#held.release(transactionId).flatMap(({ bytes, mark }) => {
      const line = errorLines(bytes)[mark];
      return line === undefined ? [] : this.#record(line, line.read());
    });
  }

  /** The closing marker's record is whole: what comes after it only repeats. */
  #record(line: ErrorLine, message: RuleMessage | undefined): readonly ModsecurityRecord[] {
    if (message === undefined) return [];
    const { transactionId, engine } = line;
    const correlationId = this.#tied.get(transactionId)?.correlationId;
    const mayTakeId = this.#mayTakeId(line);
    const transaction: Transaction = {
      ...noTransaction,
      correlationId,
      transactionId,
      request: line.request(),
      mayTakeId,
      at: line.at(),
      messages: [message],
      version: engine === 'coraza' ? 'Coraza' : undefined,
    };
    const record: Writable<ModsecurityRecord> = toRecord(transaction, this.#prefix);
    const isLast = message.ruleId === closingRuleId;
    if (!isLast) record.partial = true;
    if (correlationId !== undefined) {
      record.lines = { first: message.ruleId === openingRuleId, last: isLast, cut: false };
    }
    return [record];
  }
}

const noTransaction: Transaction = {
  correlationId: undefined,
  correlationHeader: undefined,
  requestHeaders: undefined,
  transactionId: undefined,
  request: undefined,
  mayTakeId: false,
  at: undefined,
  status: undefined,
  messages: [],
  interrupted: undefined,
  mode: undefined,
  version: undefined,
  ruleset: undefined,
  connector: undefined,
};

/** What every line of a marker rule has in it, in logs that do not escape quotes. */
export const markerRuleText = `[id "${String(openingRuleId).slice(0, -1)}`;
