import type { Transport } from '../../contract/transport.js';
import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import type { Destination } from '../../model/target-options.js';
import { type CorrelationIds, createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { lookAtPeer, type Peer } from '../../replay/look-at-peer.js';
import { parseTarget, type TargetAddress } from '../../replay/target.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { LoggedProbe } from '../../triage/probing/decision-walk.js';
import { testimoniesIn } from '../../triage/testimony.js';
import { triagedRequest } from '../../triage/triage-of-refusal.js';
import { monotonicClock } from '../../util/clock.js';
import { httpOptions } from '../http-options.js';
import type { World } from '../world.js';
import type { AskedProbe } from './ask-target.js';
import { GrowingLogs, type ToldByLogs } from './growing-logs.js';
import type { TargetQuestion } from './target-question.js';

/** What came of the first request, and what the logs say of it. */
export interface First {
  readonly outcome: Outcome;
  readonly logged: ToldByLogs;
}

/** So much of an answer is looked at, in bytes. */
const excerptBytes = 64 * 1024;
/** How long a log may take until it has a request, in milliseconds: the first one, and one where it has had the first. */
const firstWaitMs = 5000;
const nextWaitMs = 1000;
const none: ToldByLogs = { lines: [], wafs: [] };

/** A target that is asked, and the logs beside it. */
export class TargetSite {
  readonly address: TargetAddress;
  readonly #destination: Destination;
  readonly #transport: Transport;
  readonly #other: Transport | undefined;
  readonly #ids: CorrelationIds = createCorrelationIds();
  readonly #logs: GrowingLogs | undefined;
  readonly #signal: AbortSignal;
  #hasLogged = false;

  private constructor(question: TargetQuestion, logs: GrowingLogs | undefined, world: Pick<World, 'env' | 'signal'>) {
    const { destination, timeoutMs, rate, from } = question;
    const insecure = destination.insecure === true;
    const http = {
      ...httpOptions({ ...destination, connections: 1, timeoutMs, rate, insecure }, world),
      excerptBytes,
      freshConnections: true,
    };
    this.address = parseTarget(http);
    this.#destination = destination;
    this.#transport = createHttpTransport(http);
    this.#other = from === undefined ? undefined : createHttpTransport({ ...http, localAddress: from });
    this.#logs = logs;
    this.#signal = world.signal;
  }

  /** @throws WafproofError `TARGET_UNREACHABLE`, `PROXY_INVALID`, `CA_UNREADABLE`, `TRIAGE_UNREADABLE` for a log */
  static async open(question: TargetQuestion, world: Pick<World, 'cwd' | 'env' | 'signal'>): Promise<TargetSite> {
    const { logs = [] } = question;
    const watch = logs.length === 0 ? undefined : await GrowingLogs.open(logs, world, monotonicClock);
    return new TargetSite(question, watch, world);
  }

  async first(request: RequestSpec): Promise<First> {
    const { outcome, logged } = await this.#send(request, this.#transport, firstWaitMs);
    this.#hasLogged = logged.lines.length + logged.wafs.length > 0;
    return { outcome, logged };
  }

  async ask(request: RequestSpec, from?: 'other-address'): Promise<AskedProbe> {
    const transport = from === undefined ? this.#transport : (this.#other ?? this.#transport);
    const { outcome, logged } = await this.#send(request, transport, this.#hasLogged ? nextWaitMs : 0);
    const probe = loggedProbe(logged, outcome);
    return { outcome, ...(probe !== undefined && { logged: probe }) };
  }

  /** Who answers there; nothing behind a proxy, which is who is connected to. */
  async peer(): Promise<Peer | undefined> {
    return this.address.proxy === undefined ? lookAtPeer(this.address, this.#signal) : undefined;
  }

  async close(): Promise<void> {
    await this.#transport.close();
    await this.#other?.close();
  }

  async #send(request: RequestSpec, transport: Transport, waitMs: number): Promise<First> {
    const correlationId = this.#ids.next();
    const { outcome } = await transport.send(encodeRequest(withHost(request, this.address.host)), correlationId);
    if (this.#logs === undefined) return { outcome, logged: none };
    const sent = triagedRequest(request, this.#destination.url);
    const status = outcome.kind === 'answered' ? { status: outcome.status } : {};
    const wished = { sent, ...status, at: Date.now(), correlationId };
    return { outcome, logged: await this.#logs.of(wished, waitMs) };
  }
}

function loggedProbe({ wafs }: ToldByLogs, outcome: Outcome): LoggedProbe | undefined {
  const [first] = testimoniesIn({ wafs, outcome });
  if (first === undefined) return undefined;
  const { kind, evidence } = first;
  return { isBlocked: kind === 'refused', text: evidence.text, says: evidence.says };
}
