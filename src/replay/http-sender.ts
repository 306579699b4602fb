import { setMaxListeners } from 'node:events';
import type { Outcome } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';
import { LendingPool } from '../util/lending-pool.js';
import { RateLimiter } from '../util/rate-limiter.js';
import { type Attempt, type AttemptLimits, Stop } from './attempt.js';
import { sendExactly } from './exact-sender.js';
import { type Failed, failedOutcome } from './failure.js';
import { isIdempotent } from './idempotent.js';
import type { Pace } from './pace.js';
import { PooledConnection } from './pooled-connection.js';
import { parseTarget, type RoutedDestination, type TargetAddress } from './target.js';
import { type PlannedRequest, planWire } from './wire-plan.js';

export interface HttpTransportOptions extends RoutedDestination {
  /** How many connections at most; further requests wait for a free one. */
  readonly connections: number;
  /**
   * Each request goes over a connection of its own: a server that refuses a body unread closes the connection after its
   * answer, and what follows on the same one fails for that. Default: connections are used again.
   */
  readonly freshConnections?: boolean;
  /** Requests a second at most; default: no limit. */
  readonly rate?: number;
  /** Keeps to `rate` together with other senders; default: one of its own. */
  readonly limiter?: RateLimiter;
  /** For the whole exchange, in milliseconds; counts from when a connection is free and the rate allows. */
  readonly timeoutMs: number;
  /** How much of an answer's body is kept, in bytes; default 16 KiB. */
  readonly excerptBytes?: number;
  /** Waited for before each request, and told of what came of it; default: none. */
  readonly pace?: Pace;
  /** Stops everything: exchanges under way and waiting ones fail as `aborted`. */
  readonly signal?: AbortSignal;
}

/** An attempt and how long it took, in milliseconds. */
export interface TimedAttempt extends Attempt {
  readonly durationMs: number;
}

type SendOn = (connection: PooledConnection) => Promise<Attempt>;

/** Sends requests to one target within its limits of connections and rate. */
export class HttpSender {
  readonly #target: TargetAddress;
  readonly #limits: AttemptLimits;
  readonly #limiter: RateLimiter | undefined;
  readonly #pace: Pace | undefined;
  readonly #isFresh: boolean;
  readonly #stop = new AbortController();
  readonly #underWay = new Stop();
  readonly #connections: PooledConnection[] = [];
  readonly #pool: LendingPool<PooledConnection>;

  constructor(options: HttpTransportOptions) {
    this.#target = parseTarget(options);
    const { timeoutMs, excerptBytes = 16 * 1024 } = options;
    this.#limits = { timeoutMs, excerptBytes, stop: this.#underWay };
    this.#limiter = options.limiter ?? (options.rate === undefined ? undefined : new RateLimiter(options.rate));
    this.#pace = options.pace;
    this.#isFresh = options.freshConnections === true;
    this.#pool = new LendingPool(options.connections, () => this.#connect());
    this.#stopWith(options.signal);
  }

  /**
   * Never rejects.
   * @param beforeSending called before anything of the request goes out; where it fails, nothing does
   */
  async send(request: WireRequest, correlationId: string, beforeSending?: () => void): Promise<TimedAttempt> {
    const plan = planWire(request, correlationId, this.#target);
    if (plan.kind === 'unsendable') return unsent(failedOutcome('unsendable', plan.message));
    try {
      return await this.#atPace((connection) => {
        beforeSending?.();
        return plan.kind === 'exact'
          ? sendExactly(plan.request, this.#target, this.#limits)
          : this.#sendPooled(connection, plan.request);
      });
    } catch {
      return unsent(this.#whyNotSent());
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  #connect(): PooledConnection {
    const connection = new PooledConnection(this.#target, this.#limits.timeoutMs);
    this.#connections.push(connection);
    return connection;
  }

  /** One listener on the caller's signal, however many requests there are. */
  #stopWith(signal: AbortSignal | undefined): void {
    const stop = this.#stop;
    setMaxListeners(0, stop.signal);
    stop.signal.addEventListener('abort', () => this.#end(stop.signal.reason), { once: true });
    signal?.addEventListener('abort', () => stop.abort(signal.reason), { once: true, signal: stop.signal });
    if (signal?.aborted === true) stop.abort(signal.reason);
  }

  #end(reason: unknown): void {
    this.#underWay.now();
    this.#pool.close(reason);
    this.#pace?.close();
  }

  #whyNotSent(): Failed {
    const reason = this.#pace?.stopped;
    return reason === undefined
      ? failedOutcome('aborted', 'the run was stopped')
      : failedOutcome('not-sent', `not sent: ${reason}`);
  }

  /** Rejects when nothing is sent any more. */
  async #atPace(send: SendOn): Promise<TimedAttempt> {
    await this.#pace?.enter();
    let outcome: Outcome = this.#whyNotSent();
    try {
      const attempt = await this.#inTurn(send);
      outcome = attempt.outcome;
      return attempt;
    } finally {
      this.#pace?.leave(outcome);
    }
  }

  /** Waits for a connection, then for the rate. Rejects when everything is stopped meanwhile. */
  async #inTurn(send: SendOn): Promise<TimedAttempt> {
    const connection = await this.#pool.borrow();
    try {
      if (this.#limiter !== undefined) await this.#limiter.take(this.#stop.signal);
      const startedAt = performance.now();
      const { outcome, connected, reused } = await send(connection);
      return { outcome, connected, reused, durationMs: performance.now() - startedAt };
    } finally {
      this.#pool.giveBack(connection);
    }
  }

  /**
   * A server may close an idle connection just when a request is sent on it. Whether it saw the request cannot be known,
   * so it is sent again, once, only if that does no harm: the method is idempotent, the connection had served another
   * request before, and not a byte of an answer came (RFC 9112 section 9.3.1). A POST that is lost in this way is a
   * `connection-reset`.
   */
  async #sendPooled(connection: PooledConnection, request: PlannedRequest): Promise<Attempt> {
    if (this.#isFresh) connection.beginAnew();
    const startedAt = performance.now();
    const first = await connection.send(request, this.#limits);
    const lost = first.outcome.kind === 'failed' && first.outcome.reason === 'connection-reset';
    if (!lost || !first.reused || !isIdempotent(request.method)) return first;
    const timeoutMs = Math.max(1, this.#limits.timeoutMs - (performance.now() - startedAt));
    return connection.send(request, { ...this.#limits, timeoutMs });
  }
}

function unsent(outcome: Failed): TimedAttempt {
  return { outcome, connected: false, reused: false, durationMs: 0 };
}
