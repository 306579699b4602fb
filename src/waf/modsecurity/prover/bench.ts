import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Bench } from '../../../contract/prover.js';
import type { Evidence, RuleHit, Score } from '../../../model/evidence.js';
import type { EngineOptions } from '../../../model/options.js';
import type { WafInfo } from '../../../model/report.js';
import type { RequestSpec } from '../../../model/request.js';
import { correlated, withHost } from '../../../request/complete-request.js';
import { encodeRequest } from '../../../request/encode-request.js';
import { modsecurityFieldNames } from '../field-names.js';
import { startEngine } from '../start-engine.js';
import type { TrialRules } from './trial-rules.js';

/** What the embedded engine says of a request, with the anomaly score that it came to. */
export interface ScoredAnswer extends Answer {
  readonly score?: Score;
}

/** The embedded engine with rules beside the Core Rule Set. */
export interface EngineBench extends Bench {
  readonly info: WafInfo;
  evaluate(request: RequestSpec): Promise<ScoredAnswer>;
}

export interface BenchOptions extends EngineOptions {
  /** Of the files that detect something, only those that hold one of these rules are loaded. */
  readonly onlyRules?: readonly number[];
}

/** A request that scores the threshold is blocked: one point under it is as near as a request may come. */
export const leastMargin = 1;

/** Where the engine does not tell its threshold: that of the Core Rule Set as it is delivered. */
const usualThreshold = 5;

const timeoutMs = 60_000;

/**
 * Starts an engine that reads such rules around the Core Rule Set, beside the user's own.
 * @param margin points under the threshold that a request must stay to count as passed
 */
export async function openBench(
  options: BenchOptions,
  { before, after }: TrialRules,
  margin = leastMargin,
): Promise<EngineBench> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-tune-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const files = { before: join(folder, 'before.conf'), after: join(folder, 'after.conf') };
    await Promise.all([writeFile(files.before, before), writeFile(files.after, after)]);
    const rules = {
      rulesBefore: [...options.rulesBefore, files.before],
      rulesAfter: [files.after, ...options.rulesAfter],
    };
    return await start({ ...options, ...rules }, margin, removeFolder);
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

async function start(options: BenchOptions, margin: number, afterwards: () => Promise<void>): Promise<EngineBench> {
  const { engine, attribute } = await startEngine({ ...options, mode: 'block', timeoutMs });
  let count = 0;
  return {
    info: engine.info,
    async evaluate(spec) {
      const id = `w7-tune-${++count}`;
      const request = correlated(encodeRequest(withHost(spec, 'localhost')), id);
      const { record, exchange } = await engine.evaluate(request, id);
      if (record !== undefined) return answerOf(withFields(attribute(record, request), spec), margin);
      const reason = exchange.outcome.kind === 'failed' ? exchange.outcome.message : 'the engine gave no answer';
      return { outcome: 'undecided', hits: [], reason };
    },
    async close() {
      await engine.close();
      await afterwards();
    },
  };
}

function withFields(evidence: Evidence, request: RequestSpec): Evidence {
  const fieldOf = modsecurityFieldNames.fieldsIn(request);
  const located = (hit: RuleHit): RuleHit => {
    const field = fieldOf(hit.variable);
    return field === undefined ? hit : { ...hit, field };
  };
  return { ...evidence, hits: evidence.hits.map(located) };
}

function answerOf({ action, hits, score }: Evidence, margin: number): ScoredAnswer {
  const isNear = score !== undefined && score.inbound > score.threshold - margin;
  const outcome = action === 'passed' && (margin <= leastMargin || !isNear) ? 'passed' : 'blocked';
  return { outcome, hits, ...(score !== undefined && { score }) };
}

/** The score at which an engine blocks. */
export function thresholdOf({ threshold = usualThreshold }: WafInfo): number {
  return threshold;
}
