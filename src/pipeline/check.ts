import type { Engine } from '../contract/engine.js';
import type { FieldNames } from '../contract/field-names.js';
import type { Waf } from '../contract/waf.js';
import type { Case } from '../model/case.js';
import { fail } from '../model/error.js';
import { type CheckOptions, installedEngine } from '../model/options.js';
import type { CaseResult, RunReport, StreamedReport } from '../model/report.js';
import { stageSteps } from '../prove/step-progress.js';
import { countedIds } from '../replay/correlation-ids.js';
import { correlated, withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { defaultSeed, withRandomValues } from '../request/random-values.js';
import { type LoadedSuites, loadSuites } from '../suite/load-suites.js';
import { using } from '../util/using.js';
import { assembleReport, judgeCase } from './assemble-report.js';
import { withExplanations } from './explain-findings.js';
import { described, findWaf } from './find-waf.js';
import { arrayStore, type ResultStore } from './result-store.js';
import { witnessEach } from './witness-each.js';
import type { World } from './world.js';

const defaultTimeoutMs = 60_000;

/** Jobs that are handed to the engine for each of its workers: enough for the batch that it works on and the next. */
const jobsPerWorker = 16;

/**
 * Replays suites on an engine on this machine: no server, no network.
 * @throws WafproofError `SUITE_…` and its like when a suite is wrong, `WAF_UNKNOWN`, `WAF_NO_ENGINE`, `ENGINE_MISSING`,
 * `ENGINE_START`, `CRS_MISSING`, `RULES_INVALID`, `RULES_NOT_FOUND`: nothing could be evaluated
 */
export async function check(options: CheckOptions, world: World): Promise<RunReport> {
  const results: CaseResult[] = [];
  return { ...(await checkInto(arrayStore(results), options, world)), results };
}

/**
 * `check` for any number of cases.
 * @returns a report whose results lie in the store
 */
export async function checkInto(results: ResultStore, options: CheckOptions, world: World): Promise<StreamedReport> {
  const suites = await loadCheckedSuites(options, world);
  const report = await using(openCheckEngine(options, world), (opened) =>
    checkOn(opened, suites, results, options, world),
  );
  return withExplanations(report, findWaf(options.waf, world), options.engine);
}

/** An engine, and the WAF that it is of. */
export interface CheckEngine {
  readonly waf: Waf;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** @throws WafproofError as `check`, where no engine can be had */
export async function openCheckEngine(options: CheckOptions, world: World): Promise<CheckEngine> {
  const { timeoutMs = defaultTimeoutMs } = options;
  const waf = findWaf(options.waf, world);
  world.progress.stage('loading rules');
  const loading = stageSteps('loading rules', world.progress);
  const engine = await waf.startEngine?.({ ...installedEngine, ...options.engine }, timeoutMs, loading);
  if (engine === undefined) throw fail('WAF_NO_ENGINE', { name: waf.name });
  return { waf, engine, close: () => engine.close() };
}

/** @throws WafproofError `SUITE_…` and its like when a suite is wrong, `WAF_UNKNOWN` before any is read */
export async function loadCheckedSuites(
  { suites: patterns, select = {}, waf }: CheckOptions,
  world: World,
): Promise<LoadedSuites> {
  findWaf(waf, world);
  return loadSuites({ patterns, select, cwd: world.cwd, env: world.env });
}

/** Replays suites on an engine that is open, and stays so. */
export async function checkOn(
  { waf, engine }: Pick<CheckEngine, 'waf' | 'engine'>,
  suites: LoadedSuites,
  results: ResultStore,
  { seed = defaultSeed, select }: CheckOptions,
  world: World,
): Promise<StreamedReport> {
  const startedAt = new Date();
  const began = performance.now();
  world.progress.start(suites.total);
  const ids = countedIds('check', select?.shard);
  const witness = (one: Case) => witnessCase(withRandomValues(one, { seed, turn: 0 }), ids.next(), engine, waf.fields);
  const atOnce = engine.workers * jobsPerWorker;
  const ended = await witnessEach(suites.cases(), atOnce, witness, world, (result) => results.add(result));
  world.progress.end();
  return assembleReport({
    target: { name: 'embedded', waf: described(waf, engine.info) },
    names: waf.fields,
    startedAt,
    durationMs: performance.now() - began,
    skipped: suites.skipped,
    ...(suites.random && { seed }),
    ...(select && { select }),
    partOf: suites.partOf,
    ...ended,
    results,
  });
}

async function witnessCase(sent: Case, id: string, engine: Engine, names: FieldNames) {
  const request = correlated(encodeRequest(withHost(sent.request, 'localhost')), id);
  return judgeCase({ sent, ...(await engine.evaluate(request, id, sent.client)) }, undefined, names);
}
