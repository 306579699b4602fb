import type { RunOptions, TargetOptions } from '../config/options.js';
import type { Attributor } from '../contract/attributor.js';
import type { Transport } from '../contract/transport.js';
import { createJoiner, type Joiner } from '../evidence/joiner.js';
import type { Case } from '../model/case.js';
import { encodeRequest } from '../model/encode-request.js';
import { fail } from '../model/error.js';
import type { EvidenceResult } from '../model/evidence.js';
import type { CaseResult, RunReport, SkippedCase, WafInfo } from '../model/report.js';
import type { WireRequest } from '../model/request.js';
import { applySession } from '../replay/apply-session.js';
import { type CorrelationIds, createCorrelationIds } from '../replay/correlation-ids.js';
import type { HttpTransportOptions } from '../replay/http-sender.js';
import { createHttpTransport } from '../replay/http-transport.js';
import { probeTarget } from '../replay/probe-target.js';
import { openSession, type Session } from '../replay/session.js';
import { parseTarget } from '../replay/target.js';
import { loadSuites } from '../suite/load-suites.js';
import { createAttributor } from '../waf/modsecurity/attribute.js';
import { infoSuffix } from '../waf/modsecurity/probe-rules.js';
import { crsFolder } from '../waf/modsecurity/rule-plan.js';
import { assembleReport, judgeCase } from './assemble-report.js';
import { correlated, withHost } from './complete-request.js';
import { openLog } from './open-log.js';
import { lazyCatalog } from './start-engine.js';
import { type Collected, witnessAll } from './witness-all.js';
import type { World } from './world.js';

/** Answered cases that may wait for their log entry while others are sent. */
const waitingForLog = 256;

/**
 * Replays suites against a target over HTTP and joins each answer with the WAF's log.
 * @throws WafproofError when no case could be sent or nothing of the log could be read
 */
export async function run(options: RunOptions, world: World): Promise<RunReport> {
  const startedAt = new Date();
  const began = performance.now();
  const suites = await loadSuites({ patterns: options.suites, select: options.select, cwd: world.cwd, env: world.env });
  const { target } = options;
  const ids = createCorrelationIds();
  const joiner = createJoiner({ source: await openLog(target, ids.prefix), waitMs: target.logWaitMs });
  try {
    world.progress.stage(`asking ${target.url}`);
    const http = httpOptions(target, world.signal);
    const waf = await meetTarget(http, ids, joiner);
    const session = target.session && (await openSession(http, target.session, `${ids.prefix}session`));
    const withheld: SkippedCase[] = [];
    const cases = permitted(suites.cases(), target.attacks, withheld);
    world.progress.start(suites.total);
    const collected = await replay(cases, { target, http, ids, joiner, session }, world);
    return assembleReport({
      target: { name: target.name, url: target.url, waf },
      startedAt,
      durationMs: performance.now() - began,
      skipped: [...suites.skipped, ...withheld],
      ...collected,
    });
  } finally {
    await joiner.close();
  }
}

/** What a run needs while it sends. */
interface Replay {
  readonly target: TargetOptions;
  readonly http: HttpTransportOptions;
  readonly ids: CorrelationIds;
  readonly joiner: Joiner;
  readonly session: Session | undefined;
}

/** Attack cases go only where the user allowed them; elsewhere they are left out, and the report says so. */
async function* permitted(cases: AsyncIterable<Case>, attacks: boolean, withheld: SkippedCase[]) {
  for await (const one of cases) {
    if (one.intent === 'legitimate' || attacks) yield one;
    else withheld.push({ id: one.id, suite: one.suite, at: one.at, reason: 'the target does not allow attack cases' });
  }
}

/**
 * Sends one harmless request and waits for its log entry: without it no case could be told from one that the WAF never
 * saw.
 */
async function meetTarget(http: HttpTransportOptions, ids: CorrelationIds, joiner: Joiner): Promise<WafInfo> {
  const id = `${ids.prefix}probe${infoSuffix}`;
  const expected = joiner.expect(id);
  await probeTarget(http, id);
  const joined = await expected.arrival();
  if (joined.kind === 'missing') throw fail('EVIDENCE_NONE', { reason: joined.reason });
  return joined.record.waf;
}

async function replay(cases: AsyncIterable<Case>, context: Replay, world: World): Promise<Collected> {
  const transport = createHttpTransport(context.http);
  const attribute = createAttributor(lazyCatalog(crsFolder({})));
  try {
    const witness = (sent: Case) => witnessCase(sent, context, transport, attribute);
    return await witnessAll(cases, context.target.connections + waitingForLog, witness, world);
  } finally {
    world.progress.end();
    await transport.close();
  }
}

async function witnessCase(
  sent: Case,
  { target, http, ids, joiner, session }: Replay,
  transport: Transport,
  attribute: Attributor,
): Promise<CaseResult> {
  const id = ids.next();
  const spec = session === undefined ? sent.request : applySession(sent.request, sent.sessionValues, session);
  const request = encodeRequest(withHost(spec, target.host ?? new URL(target.url).host));
  const expected = joiner.expect(id);
  const exchange = await transport.send(request, id);
  if (exchange.outcome.kind === 'failed') {
    expected.forget();
    return judgeCase({ sent, exchange, evidence: { kind: 'missing', reason: exchange.outcome.message } }, true);
  }
  const joined = await expected.arrival();
  const evidence: EvidenceResult =
    joined.kind === 'missing'
      ? joined
      : { kind: 'found', evidence: attribute(joined.record, asSent(request, http, id)) };
  return judgeCase({ sent, exchange, evidence }, true);
}

/** The request as the WAF saw it: below the target's base path, and with the header by which it is found. */
function asSent(request: WireRequest, http: HttpTransportOptions, id: string): WireRequest {
  return correlated({ ...request, target: `${parseTarget(http).basePath}${request.target}` }, id);
}

function httpOptions(target: TargetOptions, signal: AbortSignal): HttpTransportOptions {
  const { url, host, connections, rate, timeoutMs, insecure } = target;
  return {
    url,
    connections,
    timeoutMs,
    insecure,
    signal,
    ...(host !== undefined && { host }),
    ...(rate !== undefined && { rate }),
  };
}
