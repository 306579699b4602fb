import type { StepProgress } from '../../../contract/progress.js';
import type { Answer, Bench } from '../../../contract/prover.js';
import type { Evidence, RuleHit, Score } from '../../../model/evidence.js';
import type { EngineOptions } from '../../../model/options.js';
import type { WafInfo } from '../../../model/report.js';
import type { RequestSpec } from '../../../model/request.js';
import { correlated, withHost } from '../../../request/complete-request.js';
import { encodeRequest } from '../../../request/encode-request.js';
import type { EmbeddedEngine } from '../embedded-engine.js';
import { modsecurityFieldNames } from '../field-names.js';
import type { TrialRules } from '../rule-plan.js';
import { startEngine } from '../start-engine.js';

/** What the embedded engine says of a request, with the anomaly score that it came to. */
export interface ScoredAnswer extends Answer {
  readonly score?: Score;
}

/** The embedded engine under rules beside the Core Rule Set. */
export interface EngineBench extends Bench {
  evaluate(request: RequestSpec): Promise<ScoredAnswer>;
}

/** What an engine is asked under. */
export interface BenchOptions {
  /** The user's own rules, where they are others than those that the engine was started with. */
  readonly rules?: Pick<EngineOptions, 'rulesBefore' | 'rulesAfter'>;
  /** Rules between those and the Core Rule Set. */
  readonly trial?: TrialRules;
  /** Points under the threshold that a request must stay to count as passed. */
  readonly margin?: number;
  /** Every file is read as a server reads it, in its turn, and none is taken from another bench. */
  readonly isWhole?: boolean;
}

/** One engine, in processes that are started once, that can be asked under any rules. */
export interface EngineBenches {
  readonly info: WafInfo;
  /** The engine without further rules. */
  readonly bare: EngineBench;
  /** Refused rules show when the first request is evaluated. */
  open(options: BenchOptions): EngineBench;
  close(): Promise<void>;
}

/** A request that scores the threshold is blocked: one point under it is as near as a request may come. */
export const leastMargin = 1;

/** Where the engine does not tell its threshold: that of the Core Rule Set as it is delivered. */
const usualThreshold = 5;

const timeoutMs = 60_000;

/**
 * @param loading told how many processes load the rules, and of each that has them
 * @throws WafproofError all that can be wrong with an engine
 */
export async function startBenches(options: EngineOptions, loading?: StepProgress): Promise<EngineBenches> {
  const { engine, attribute } = await startEngine({ ...options, mode: 'block', timeoutMs, sharesCrs: true }, loading);
  let count = 0;
  const evaluateWith = async (asked: Pick<EmbeddedEngine, 'evaluate'>, spec: RequestSpec, margin = leastMargin) => {
    const id = `w7-tune-${++count}`;
    const request = correlated(encodeRequest(withHost(spec, 'localhost')), id);
    const { record, exchange } = await asked.evaluate(request, id);
    if (record !== undefined) return answerOf(withFields(attribute(record, request), spec), margin);
    const reason = exchange.outcome.kind === 'failed' ? exchange.outcome.message : 'the engine gave no answer';
    return { outcome: 'undecided', hits: [], reason } as const;
  };
  return {
    info: engine.info,
    bare: { evaluate: (request) => evaluateWith(engine, request), close: async () => undefined },
    open({ rules, trial, margin, isWhole = false }) {
      const variant = engine.variant({
        ...options,
        ...rules,
        mode: 'block',
        sharesCrs: !isWhole,
        ...(trial !== undefined && { trial }),
      });
      return {
        evaluate: (request) => evaluateWith(variant, request, margin),
        close: async () => variant.close(),
      };
    },
    close: () => engine.close(),
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
