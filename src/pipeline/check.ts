import type { Case } from '../model/case.js';
import type { CheckOptions } from '../model/options.js';
import type { RunReport } from '../model/report.js';
import { createCorrelationIds } from '../replay/correlation-ids.js';
import { correlated, withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { defaultSeed, withRandomValues } from '../request/random-values.js';
import { loadSuites } from '../suite/load-suites.js';
import { assembleReport, judgeCase } from './assemble-report.js';
import { type StartedEngine, startEngine } from './start-engine.js';
import { witnessAll } from './witness-all.js';
import type { World } from './world.js';

/** Jobs that are handed to the engine for each of its workers: enough for the batch that it works on and the next. */
const jobsPerWorker = 16;

/**
 * Replays suites on the embedded engine: no server, no network.
 * @throws WafproofError when nothing could be evaluated
 */
export async function check(options: CheckOptions, world: World): Promise<RunReport> {
  const startedAt = new Date();
  const began = performance.now();
  const suites = await loadSuites({ patterns: options.suites, select: options.select, cwd: world.cwd, env: world.env });
  world.progress.stage('loading rules');
  const started = await startEngine({ ...options.engine, mode: 'block', timeoutMs: options.timeoutMs });
  const { engine } = started;
  try {
    world.progress.start(suites.total);
    const { seed = defaultSeed } = options;
    const ids = createCorrelationIds('check');
    const witness = (one: Case) => witnessCase(withRandomValues(one, { seed, turn: 0 }), ids.next(), started);
    const collected = await witnessAll(suites.cases(), engine.workers * jobsPerWorker, witness, world);
    world.progress.end();
    return assembleReport({
      target: { name: 'embedded', waf: engine.info },
      startedAt,
      durationMs: performance.now() - began,
      skipped: suites.skipped,
      ...(suites.random && { seed }),
      ...collected,
    });
  } finally {
    await engine.close();
  }
}

async function witnessCase(sent: Case, id: string, { engine, attribute }: StartedEngine) {
  const request = correlated(encodeRequest(withHost(sent.request, 'localhost')), id);
  const { exchange, record } = await engine.evaluate(request, id);
  const evidence =
    record === undefined
      ? { kind: 'missing' as const, reason: 'the engine gave no answer' }
      : { kind: 'found' as const, evidence: attribute(record, request) };
  return judgeCase({ sent, exchange, evidence }, false);
}
