import type { RunOptions, TargetOptions } from '../config/options.js';
import type { Attributor } from '../contract/attributor.js';
import type { Transport } from '../contract/transport.js';
import { createJoiner, type Joiner } from '../evidence/joiner.js';
import type { Case } from '../model/case.js';
import { encodeRequest } from '../model/encode-request.js';
import { fail } from '../model/error.js';
import type { EvidenceResult } from '../model/evidence.js';
import type { CaseResult, RunReport, WafInfo } from '../model/report.js';
import { applySession } from '../replay/apply-session.js';
import { type CorrelationIds, createCorrelationIds } from '../replay/correlation-ids.js';
import { createHttpTransport } from '../replay/http-transport.js';
import { probeTarget } from '../replay/probe-target.js';
import { openSession, type Session } from '../replay/session.js';
import { type LoadedSuites, loadSuites } from '../suite/load-suites.js';
import { createAttributor } from '../waf/modsecurity/attribute.js';
import { infoSuffix } from '../waf/modsecurity/probe-rules.js';
import { crsFolder } from '../waf/modsecurity/rule-plan.js';
import { assembleReport, judgeCase } from './assemble-report.js';
import { correlated, withHost } from './complete-request.js';
import { openLog } from './open-log.js';
import { lazyCatalog } from './start-engine.js';
import { type Collected, witnessAll } from './witness-all.js';
import type { World } from './world.js';

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
    const waf = await meetTarget(target, ids, joiner);
    const session = await startSession(target, ids);
    const collected = await replay(suites, { target, ids, joiner, session }, world);
    return assembleReport({
      target: { name: target.name, url: target.url, waf },
      startedAt,
      durationMs: performance.now() - began,
      skipped: suites.skipped,
      ...collected,
    });
  } finally {
    await joiner.close();
  }
}

/** What a run needs while it sends. */
interface Replay {
  readonly target: TargetOptions;
  readonly ids: CorrelationIds;
  readonly joiner: Joiner;
  readonly session: Session | undefined;
}

/**
 * Sends one harmless request and waits for its log entry: without it no case could be told from one that the WAF never
 * saw.
 */
async function meetTarget(target: TargetOptions, ids: CorrelationIds, joiner: Joiner): Promise<WafInfo> {
  const id = `${ids.prefix}probe${infoSuffix}`;
  const expected = joiner.expect(id);
  await probeTarget(httpOptions(target), id);
  const joined = await expected.arrival();
  if (joined.kind === 'missing') throw fail('EVIDENCE_NONE', { reason: joined.reason });
  return joined.record.waf;
}

async function startSession(target: TargetOptions, ids: CorrelationIds): Promise<Session | undefined> {
  if (target.session === undefined) return undefined;
  return openSession(httpOptions(target), target.session, `${ids.prefix}session`);
}

async function replay(suites: LoadedSuites, context: Replay, world: World): Promise<Collected> {
  const { target } = context;
  const transport = createHttpTransport({ ...httpOptions(target), signal: world.signal });
  const attribute = createAttributor(lazyCatalog(crsFolder({})));
  world.progress.start(suites.total);
  try {
    const witness = (sent: Case) => witnessCase(sent, context, transport, attribute);
    return await witnessAll(suites.cases(), target.connections * 2, witness, world);
  } finally {
    world.progress.end();
    await transport.close();
  }
}

async function witnessCase(
  sent: Case,
  { target, ids, joiner, session }: Replay,
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
    joined.kind === 'missing' ? joined : { kind: 'found', evidence: attribute(joined.record, correlated(request, id)) };
  return judgeCase({ sent, exchange, evidence }, true);
}

function httpOptions({ url, host, connections, rate, timeoutMs, insecure }: TargetOptions) {
  return {
    url,
    connections,
    timeoutMs,
    insecure,
    ...(host !== undefined && { host }),
    ...(rate !== undefined && { rate }),
  };
}
