import type { Joined } from '../contract/joined.js';
import type { LogRecord, RecordMerger } from '../contract/log-record.js';
import type { LogSource } from '../contract/log-source.js';
import { type Clock, monotonicClock } from '../util/clock.js';
import { reasonOf } from '../util/reason-of.js';
import type { Fits } from './fit.js';
import { type JoinerOptions, longestWait } from './joiner-options.js';
import { firstWaitMs, patience } from './log-delay.js';
import { RequestIds } from './request-ids.js';
import { Sightings } from './sightings.js';
import { singleRecords } from './single-records.js';
import { Strays } from './strays.js';
import { whyMissing } from './why-missing.js';

/** An exchange that is about to be sent, or under way. */
export interface ExpectedRecord<R extends LogRecord = LogRecord> {
  /**
   * To be called once, when the exchange is over: the waiting time counts from here. Never rejects.
   * @param fits tells how a record with the id fits the exchange; default: each does
   * @param answer what the answer tells of it
   */
  arrival(fits?: Fits, answer?: ToldByAnswer<R>): Promise<Joined<R>>;
  /** Nobody will ask for the record any more. */
  forget(): void;
}

/** What the answer of an exchange brings to the search for its record. */
export interface ToldByAnswer<R extends LogRecord = LogRecord> {
  /** A record of its own, to which those of the log are added. */
  readonly record?: R | undefined;
  /** The WAF's own id of the request: a record without a correlation id is joined by it. */
  readonly requestId?: string | undefined;
}

/** Joins log records to exchanges by correlation id, whatever order and delay they arrive in. */
export interface Joiner<R extends LogRecord = LogRecord> {
  /** How long a record may take after the end of its exchange where the log has not shown that it is slow, in milliseconds. */
  readonly waitMs: number;
  /** How many entries of the log have an id of this run and are not of its requests. */
  readonly forged: number;
  /** To be called before the exchange is sent, so that a record that arrives early is kept. One at a time for an id. */
  expect(correlationId: string): ExpectedRecord<R>;
  /** From now on nobody wants to wait for long: ends waits as missing that last longer than 10 seconds. */
  hurry(): void;
  /** Ends every wait as missing, and closes the source. */
  close(): Promise<void>;
}

/** How long after the last line of an error log, and after the end of the exchange, no other line is expected, in ms. */
const partialSettleMs = 100;
const usualIdlePollMs = 250;
const hurriedWaitMs = 10_000;
/** How long after the first wait that wakes an idle joiner the source is read, in ms: one reading does for those that follow. */
const gatheringMs = 5;

/**
 * Starts to read the source; the joiner owns it from now on.
 *
 * A record is missing when the log, read to its end by a reading that began after the waiting time was over, does not
 * have it: slow reading and a long backlog never lose a record that was written in time. The waiting time is `waitMs`
 * from the end of the exchange. Where records of this run came late, it grows to 4 times the longest delay seen, up to
 * `maxWaitMs`. A record that is partial, or that another log may add to, is complete when nothing more of it came for a
 * while. Entries of strangers do not prolong it, however fast they come.
 */
export function createJoiner<R extends LogRecord>(options: JoinerOptions<R>): Joiner<R> {
  const joiner = new LogJoiner(options);
  void joiner.run();
  return joiner;
}

interface Expected<R extends LogRecord> {
  readonly sightings: Sightings<R>;
  /** When the last record came that is of the exchange. */
  recordAt?: number;
  waiter?: Waiter<R>;
  requestId?: string;
}

interface Waiter<R extends LogRecord> {
  readonly since: number;
  /** How many records had arrived when the wait began. */
  readonly seenBefore: number;
  readonly fits: Fits | undefined;
  readonly resolve: (joined: Joined<R>) => void;
}

class LogJoiner<R extends LogRecord> implements Joiner<R> {
  readonly waitMs: number;
  readonly #source: LogSource<R>;
  readonly #merger: RecordMerger<R>;
  readonly #clock: Clock;
  #maxWaitMs: number;
  readonly #pollMs: number;
  readonly #idlePollMs: number;
  readonly #settleMs: number;
  readonly #expected = new Map<string, Expected<R>>();
  /** Ids of exchanges that are over and whose record has not arrived, longest wait first. */
  readonly #waiting = new Set<string>();
  readonly #strays: Strays;
  readonly #requestIds: RequestIds<R>;
  #slowestMs = 0;
  #seen = 0;
  #forged = 0;
  #trouble: string | undefined;
  #pause: AbortController | undefined;
  #closed = false;

  constructor(options: JoinerOptions<R>) {
    const { source, waitMs = firstWaitMs(source.delay), pollMs = source.delay.pollMs } = options;
    this.#source = source;
    this.#merger = options.merger ?? singleRecords<R>();
    this.#clock = options.clock ?? monotonicClock;
    this.waitMs = waitMs;
    this.#maxWaitMs = longestWait(options);
    this.#pollMs = pollMs;
    this.#idlePollMs = options.idlePollMs ?? Math.max(usualIdlePollMs, pollMs);
    this.#settleMs = source.settleMs ?? partialSettleMs;
    this.#strays = new Strays(options.isOurs);
    this.#requestIds = new RequestIds(options.joinsByRequestId === true);
  }

  get forged(): number {
    return this.#forged + this.#strays.forged;
  }

  expect(correlationId: string): ExpectedRecord<R> {
    if (this.#expected.has(correlationId)) throw new Error(`the record of ${correlationId} is expected already`);
    const expected: Expected<R> = { sightings: new Sightings(this.#merger) };
    this.#expected.set(correlationId, expected);
    return {
      arrival: (fits, answer) => this.#arrival(correlationId, expected, fits, answer),
      forget: () => this.#settle(correlationId, { kind: 'missing', reason: 'nobody waits for it' }),
    };
  }

  hurry(): void {
    this.#maxWaitMs = Math.min(this.#maxWaitMs, hurriedWaitMs);
    this.#pause?.abort(awake);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pause?.abort(awake);
    for (const id of [...this.#waiting]) this.#settle(id, this.#found(id) ?? closedBeforehand);
    await this.#source.close();
  }

  /** Reads the source again and again until `close`. */
  async run(): Promise<void> {
    while (!this.#closed) {
      const startedAt = this.#clock.now();
      await this.#readToEnd();
      this.#giveUp(startedAt);
      await this.#sleep();
    }
  }

  #arrival(
    id: string,
    expected: Expected<R>,
    fits: Fits | undefined,
    { record: own, requestId }: ToldByAnswer<R> = {},
  ): Promise<Joined<R>> {
    if (own !== undefined) expected.sightings.add(own);
    if (requestId !== undefined) {
      expected.requestId = requestId;
      const early = this.#requestIds.claim(requestId, id);
      if (early !== undefined) expected.sightings.add(early);
    }
    return new Promise((resolve) => {
      expected.waiter = { since: this.#clock.now(), seenBefore: this.#seen, fits, resolve };
      const { record, fit } = expected.sightings.choose(fits);
      if (fit === 'exact' && this.#isWhole(record)) this.#settle(id, this.#joined(record));
      else if (this.#closed) this.#settle(id, this.#found(id) ?? closedBeforehand);
      else this.#wait(id);
    });
  }

  #wait(id: string): void {
    const wasIdle = this.#waiting.size === 0;
    this.#waiting.add(id);
    if (wasIdle) this.#pause?.abort(awake);
  }

  #settle(id: string, joined: Joined<R>): void {
    const { waiter, sightings, requestId } = this.#expected.get(id) ?? {};
    this.#requestIds.release(requestId);
    this.#forged += sightings?.choose(waiter?.fits).forged ?? 0;
    if (joined.kind === 'found') this.#strays.remember(id, joined.record, waiter?.fits);
    this.#expected.delete(id);
    this.#waiting.delete(id);
    waiter?.resolve(joined);
  }

  #found(id: string): Joined<R> | undefined {
    const { sightings, waiter } = this.#expected.get(id) ?? {};
    const record = sightings?.choose(waiter?.fits).record;
    return record === undefined ? undefined : this.#joined(record);
  }

  /** Where lines of a request are known to be missing, what the others say may be wrong. */
  #joined(record: R): Joined<R> {
    const gap = this.#merger.gapIn(record);
    return gap === undefined ? { kind: 'found', record } : { kind: 'missing', reason: `${partly}: ${gap}`, seen: true };
  }

  async #readToEnd(): Promise<void> {
    try {
      for await (const record of this.#source.records()) this.#accept(record);
      this.#trouble = undefined;
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
  }

  #accept(record: R): void {
    this.#seen++;
    const id = this.#requestIds.ownerOf(record);
    if (id === undefined) return;
    const expected = this.#expected.get(id);
    if (expected === undefined) this.#strays.take(id, record);
    else this.#acceptFor(id, expected, record);
  }

  #acceptFor(id: string, expected: Expected<R>, record: R): void {
    const { sightings, waiter } = expected;
    sightings.add(record);
    if (waiter?.fits?.(record) === 'none') return;
    expected.recordAt = this.#clock.now();
    if (waiter === undefined) return;
    this.#slowestMs = Math.max(this.#slowestMs, expected.recordAt - waiter.since);
    const { record: chosen, fit } = sightings.choose(waiter.fits);
    if (fit === 'exact' && this.#isWhole(chosen)) this.#settle(id, this.#joined(chosen));
  }

  /** Whether no other log and no later line may say more. */
  #isWhole(record: R | undefined): record is R {
    if (record === undefined || this.#source.settleMs !== undefined) return false;
    return this.#merger.completeness(record) === 'whole';
  }

  /** Ends the waits whose time was over before a reading that has just reached the log's end. */
  #giveUp(readingStartedAt: number): void {
    const limit = Math.min(this.#maxWaitMs, Math.max(this.waitMs, patience * this.#slowestMs));
    for (const id of this.#waiting) {
      const { waiter, sightings, recordAt = 0 } = this.#expected.get(id) ?? {};
      if (waiter === undefined || sightings === undefined) continue;
      if (sightings.isEmpty && waiter.since + limit > readingStartedAt) continue;
      const { record, forged } = sightings.choose(waiter.fits);
      const quietSince = Math.max(waiter.since, recordAt);
      const patienceMs = this.#isFarFromDone(record) ? limit : this.#settleMs;
      if (quietSince + patienceMs > readingStartedAt) continue;
      this.#settle(id, this.#found(id) ?? this.#missing(waiter, limit, forged));
    }
  }

  #isFarFromDone(record: R | undefined): boolean {
    return record === undefined || this.#merger.completeness(record) === 'unfinished';
  }

  #missing(waiter: Waiter<R>, limit: number, forged: number): Joined<R> {
    if (this.#trouble !== undefined)
      return { kind: 'missing', reason: `the WAF's log could not be read: ${this.#trouble}`, unreadable: true };
    const others = this.#seen - waiter.seenBefore;
    const reason = whyMissing({ waitedMs: limit, others, forged, gaps: this.#source.gaps });
    return { kind: 'missing', reason };
  }

  async #sleep(): Promise<void> {
    if (this.#waiting.size > 0) return this.#pauseFor(this.#pollMs);
    await this.#pauseFor(this.#idlePollMs);
    if (this.#waiting.size > 0) await this.#pauseFor(gatheringMs);
  }

  async #pauseFor(ms: number): Promise<void> {
    if (this.#closed) return;
    this.#pause = new AbortController();
    await this.#clock.sleep(ms, this.#pause.signal).catch(() => {});
    this.#pause = undefined;
  }
}

/** A reason of its own spares the error that a signal would make. */
const awake = Symbol('awake');

const partly = "the WAF's log does not have all lines of this request";

const closedBeforehand: Extract<Joined, { kind: 'missing' }> = {
  kind: 'missing',
  reason: "the run ended before the WAF's log had an entry for it",
};
