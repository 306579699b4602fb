import type { ProbeKnowledge } from '../../contract/probe-knowledge.js';
import type { Transport } from '../../contract/transport.js';
import type { RequestSpec, WireRequest } from '../../model/request.js';
import type { CorrelationIds } from '../../replay/correlation-ids.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { ProbePace } from './probe-pace.js';
import { type ProbeAnswer, readProbe } from './read-probe.js';

/** What it takes to send probes to a target. */
export interface ProbeMeans {
  readonly transport: Transport;
  readonly pace: ProbePace;
  readonly ids: CorrelationIds;
  /** The `Host` of requests that bring none. */
  readonly host: string;
  readonly knowledge: ProbeKnowledge | undefined;
}

/** A target that is sent one probe after the other, until an answer says that it is enough. */
export class TargetProbe {
  readonly #means: ProbeMeans;
  #stopped: string | undefined;
  #sent = 0;

  constructor(means: ProbeMeans) {
    this.#means = means;
  }

  /** Why nothing is sent any more. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** How many probes were sent. */
  get sent(): number {
    return this.#sent;
  }

  stop(reason: string): void {
    this.#stopped ??= reason;
  }

  wire(request: RequestSpec): WireRequest {
    return encodeRequest(withHost(request, this.#means.host));
  }

  /** @returns nothing once probing is over */
  async ask(
    request: RequestSpec,
    id = this.#means.ids.next(),
  ): Promise<Extract<ProbeAnswer, { kind: 'answered' }> | undefined> {
    if (this.#stopped !== undefined) return undefined;
    const { pace, transport, knowledge } = this.#means;
    await pace.turn();
    this.#sent++;
    const probe = readProbe(await transport.send(this.wire(request), id), knowledge?.readAnswer);
    if (probe.kind === 'answered') return probe;
    this.stop(probe.reason);
    return undefined;
  }
}
