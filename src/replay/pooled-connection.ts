import { type buildConnector, Client, type Dispatcher } from 'undici';
import { headerPairs } from './answer-collector.js';
import { type Attempt, type AttemptLimits, attempt, type Progress } from './attempt.js';
import { type Route, routeTo, tlsOptions, tunnelTo } from './route.js';
import type { TargetAddress } from './target.js';
import type { PlannedRequest } from './wire-plan.js';

/**
 * How long an idle connection is kept, in milliseconds, unless the server asks for less: short, because a server that
 * closes it just when a request is on its way loses that request.
 */
const keepIdleMs = 1000;
/** The longest head of an answer, in bytes. */
const maxHeadBytes = 64 * 1024;

/** One HTTP/1.1 connection to the target, made when needed and again after it was lost, for one request at a time. */
export class PooledConnection {
  readonly #target: TargetAddress;
  readonly #route: Route;
  readonly #connectMs: number;
  #client: Client;
  /** Requests that the present connection has served. */
  #served = 0;

  /** @param connectMs how long connecting may take, in milliseconds */
  constructor(target: TargetAddress, connectMs: number) {
    this.#target = target;
    this.#route = routeTo(target);
    this.#connectMs = connectMs;
    this.#client = this.#createClient();
  }

  /** Sends one request. Never rejects. */
  send(request: PlannedRequest, limits: AttemptLimits): Promise<Attempt> {
    return attempt(limits, (progress, done) => {
      this.#client.dispatch(this.#dispatchOptions(request), this.#handler(progress, done));
      return (reason) => this.#renew(reason);
    });
  }

  /** What is sent next goes over another connection than what was. */
  beginAnew(): void {
    if (this.#served > 0) this.#renew(new Error('another connection is used'));
    this.#served = 0;
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }

  #createClient(): Client {
    const client = new Client(this.#route.origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: keepIdleMs,
      keepAliveMaxTimeout: keepIdleMs,
      maxHeaderSize: maxHeadBytes,
      connect: this.#connector(),
      ...(this.#target.localAddress !== undefined && { localAddress: this.#target.localAddress }),
    });
    client.on('connect', () => {
      this.#served = 0;
    });
    return client;
  }

  #connector() {
    const tunnel = tunnelTo(this.#target, this.#connectMs);
    if (tunnel === undefined) return { timeout: this.#connectMs, ...tlsOptions(this.#target) };
    return (_: unknown, done: buildConnector.Callback) =>
      tunnel((error, socket) => (socket === null ? done(error ?? new Error('no tunnel'), null) : done(null, socket)));
  }

  /** A client that was broken off may still be connecting, so another one takes its place. */
  #renew(reason: Error): void {
    const broken = this.#client;
    this.#client = this.#createClient();
    void broken.destroy(reason);
  }

  /** `reset: false` keeps the connection after a GET with a body too. `servername` is missing in undici's types. */
  #dispatchOptions({ method, path, headers, body }: PlannedRequest): Dispatcher.DispatchOptions {
    const { before, headers: ofRoute, serverName: servername } = this.#route;
    const fields = ofRoute.length === 0 ? headers.flat() : [...headers, ...ofRoute].flat();
    const options = { method, path: `${before}${path}`, headers: fields, body, reset: method === 'HEAD', servername };
    return options;
  }

  /** These methods are handed the header fields as they came; undici's newer ones make an object of them, which nobody needs. */
  #handler(progress: Progress, done: (error?: unknown) => void): Dispatcher.DispatchHandler {
    let abort = (_reason: Error) => {};
    return {
      onConnect: (breakOff) => {
        abort = breakOff;
        progress.connected = true;
        progress.reused = this.#served > 0;
      },
      onHeaders: (status, fields) => {
        if (status >= 200) progress.answer.start(status, headerPairs(fields));
        return true;
      },
      onData: (chunk) => {
        if (!progress.answer.add(chunk)) abort(new Error('enough of the body was read'));
        return true;
      },
      onComplete: () => {
        this.#served++;
        done();
      },
      onError: done,
    };
  }
}
