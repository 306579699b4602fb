import type { Attributor } from '../../contract/attributor.js';
import type { Engine, Evaluation } from '../../contract/engine.js';
import type { StepProgress } from '../../contract/progress.js';
import type { EngineOptions } from '../../model/options.js';
import { createAttributor } from './attribute.js';
import { type OpenedCrs, openCrs } from './crs-archive.js';
import {
  type EmbeddedEngine,
  type EmbeddedEngineOptions,
  type LoggedEvaluation,
  startEmbeddedEngine,
} from './embedded-engine.js';
import type { ModsecurityRecord } from './log-record.js';
import { lazyCatalog } from './rule-catalog.js';
import { crsFolder } from './rule-plan.js';

interface StartedEngine {
  readonly engine: EmbeddedEngine;
  readonly attribute: Attributor<ModsecurityRecord>;
}

/** The embedded engine, and the attributor that knows its rules. */
export async function startEngine(
  options: EngineOptions & Pick<EmbeddedEngineOptions, 'mode' | 'timeoutMs' | 'audit' | 'sharesCrs'>,
  loading?: StepProgress,
): Promise<StartedEngine> {
  const engine = await startEmbeddedEngine(options, loading);
  return { engine, attribute: createAttributor(lazyCatalog(crsFolder(options))) };
}

/** The embedded engine, which refuses what its rules refuse, as one that answers with evidence. */
export async function startEvaluator(
  options: EngineOptions,
  timeoutMs: number,
  loading?: StepProgress,
): Promise<Engine> {
  const crs = await openCrs(options.crs);
  const started = startEngine({ ...options, ...folderOf(crs), mode: 'block', timeoutMs }, loading);
  const { engine, attribute } = await started.catch(async (error: unknown) => {
    await crs.close();
    throw error;
  });
  const { info, workers } = engine;
  return {
    info,
    workers,
    async evaluate(request, id) {
      return evaluation(await engine.evaluate(request, id), (record) => attribute(record, request));
    },
    async close() {
      await engine.close();
      await crs.close();
    },
  };
}

function folderOf({ folder }: OpenedCrs): Pick<EngineOptions, 'crs'> {
  return folder === undefined ? {} : { crs: folder };
}

function evaluation(
  { exchange, record }: LoggedEvaluation,
  attribute: (record: ModsecurityRecord) => ReturnType<Attributor>,
): Evaluation {
  if (record === undefined) return { exchange, evidence: { kind: 'missing', reason: 'the engine gave no answer' } };
  return { exchange, evidence: { kind: 'found', evidence: attribute(record) } };
}
