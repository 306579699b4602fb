import type { Transport } from '../../contract/transport.js';
import type { Joiner } from '../../evidence/joiner.js';
import type { TriageOptions } from '../../model/options.js';
import type { ProbingInfo } from '../../model/report.js';
import type { TargetOptions } from '../../model/target-options.js';
import type { Triage } from '../../model/triage.js';
import type { CorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport, type HttpTransportOptions } from '../../replay/http-transport.js';
import { Pace } from '../../replay/pace.js';
import { parseTarget } from '../../replay/target.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { conclude } from '../../triage/probing/conclude.js';
import { monotonicClock } from '../../util/clock.js';
import { RateLimiter } from '../../util/rate-limiter.js';
import { redact } from '../redact.js';
import type { World } from '../world.js';
import { type AskingMeans, type AskProbe, askTarget } from './ask-target.js';
import type { KeptRefusal } from './kept-refusals.js';
import { probeMaterial } from './probe-material.js';
import { showAsked } from './show-asked.js';
import type { RefusalKey, Refusals } from './tell-refusals.js';

/** What it takes to ask the endpoints of a run. */
export interface EndpointAsking {
  readonly target: TargetOptions;
  readonly options: TriageOptions;
  readonly http: HttpTransportOptions;
  readonly ids: CorrelationIds;
  /** It reads the log in which the probes are too. */
  readonly joiner: Pick<Joiner, 'expect'>;
  readonly world: World;
}

/** What was found out, by what is refused where. */
export interface AskedEndpoints {
  readonly found: ReadonlyMap<RefusalKey, Triage>;
  readonly info: ProbingInfo;
}

export const usualEndpoints = 20;
/** Probes a second, where the target has no rate of its own. */
const usualRate = 1;

/**
 * Asks each endpoint once why it refuses, that with most cases first, with one request at a time. It ends where the target
 * begins to refuse this machine, or gives no answers any more.
 */
export async function askEndpoints(
  kept: readonly KeptRefusal[],
  refusals: Refusals,
  asking: EndpointAsking,
): Promise<AskedEndpoints> {
  const { world, options, target, http } = asking;
  const wanted = byCases(kept, refusals);
  const chosen = wanted.slice(0, options.endpoints ?? usualEndpoints);
  const pace = new Pace({ ...target, connections: 1 });
  const limiter = http.limiter ?? new RateLimiter(target.rate ?? usualRate);
  const transport = createHttpTransport({
    ...http,
    connections: 1,
    freshConnections: true,
    excerptBytes,
    limiter,
    pace,
  });
  const found = new Map<RefusalKey, Triage>();
  const count = { requests: 0 };
  let ended: string | undefined;
  world.progress.stage('asking endpoints why they refuse', chosen.length);
  try {
    for (const [key, refusal] of chosen) {
      ended ??= world.signal.aborted ? 'interrupted' : pace.stopped;
      if (ended !== undefined) break;
      const { triage, isBanned } = await askOne(refusal, { ...asking, transport, count });
      found.set(key, triage);
      world.progress.step?.();
      if (isBanned) ended = 'the target began to refuse this machine while it was asked';
    }
  } catch (error) {
    if (!world.signal.aborted) throw error;
    ended = 'interrupted';
  } finally {
    world.progress.end();
    await transport.close();
  }
  const info = { endpoints: found.size, requests: count.requests, left: wanted.length - found.size };
  return { found, info: { ...info, ...(ended !== undefined && { ended }) } };
}

/** So much of an answer is looked at, in bytes. */
const excerptBytes = 64 * 1024;

function byCases(kept: readonly KeptRefusal[], refusals: Refusals): readonly (readonly [RefusalKey, KeptRefusal])[] {
  const first = new Map<RefusalKey, KeptRefusal>();
  for (const one of kept) {
    const key = refusals.keyOf(one.result);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first].sort(([a], [b]) => refusals.casesOf(b) - refusals.casesOf(a));
}

interface Sending extends EndpointAsking {
  readonly transport: Transport;
  readonly count: { requests: number };
}

async function askOne(refusal: KeptRefusal, sending: Sending): Promise<{ triage: Triage; isBanned: boolean }> {
  const { target, options, http, world } = sending;
  const { request, outcome, result, isCleared } = refusal;
  const { host, basePath } = parseTarget(http);
  const baseline = { request, outcome };
  const means: AskingMeans = {
    ask: askBy(sending, host),
    probe: probeMaterial({ request, destination: target, credentials: [] }, host),
    basePath,
    waitMs: 0,
    clock: monotonicClock,
    signal: world.signal,
    permit: async () => options.allowChanges === true,
  };
  const asked = await askTarget(baseline, means);
  const told = result.triage ?? nothing;
  const triage = conclude(told, {
    baseline,
    origin: means.probe.origin,
    ...asked,
    credentials: [],
    show: showAsked,
    isCleared,
  });
  return { triage: withoutSecrets(triage, refusal), isBanned: asked.conclusion === 'banned' };
}

const nothing: Triage = { layer: 'unknown', cause: 'unknown', confidence: 'none', evidence: [], alternatives: [] };

/** The log of the run has the probes too: each is expected there, and what it says is not waited for. */
function askBy({ transport, ids, joiner, count }: Sending, host: string): AskProbe {
  return async (request) => {
    const id = ids.next();
    const expected = joiner.expect(id);
    count.requests++;
    const { outcome } = await transport.send(encodeRequest(withHost(request, host)), id);
    void expected.arrival();
    return { outcome };
  };
}

/** As the case itself: nothing that it was sent with is in what is told. */
function withoutSecrets(triage: Triage, { result, request, secrets, sessionSecrets }: KeptRefusal): Triage {
  return redact({ ...result, request, triage }, secrets, sessionSecrets, request).triage ?? triage;
}
