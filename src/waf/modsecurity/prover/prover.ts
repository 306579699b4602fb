import type { Dialect } from '../../../contract/dialect.js';
import type { Prover, ProverOptions } from '../../../contract/prover.js';
import { fail } from '../../../model/error.js';
import type { RuleId } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RunReport } from '../../../model/report.js';
import type { TuneSettings } from '../../../model/tune-options.js';
import { hashKey } from '../../../util/hash-key.js';
import { lazily } from '../../../util/lazily.js';
import { dialectNames, dialectOf } from '../dialects/dialects.js';
import { numbered } from '../dialects/rule-dialect.js';
import { freeFirstId } from '../dialects/rule-id-range.js';
import { modsecurityFieldNames } from '../field-names.js';
import { type EngineBench, type EngineBenches, leastMargin, startBenches, thresholdOf } from './bench.js';
import { chosenEngines, optionsFor } from './engine-choice.js';
import { fewRules } from './few-rules.js';
import { generaliseNames } from './generalise-names.js';
import { possibilities } from './possibilities.js';
import { proofServer } from './proof-server.js';
import { ruleKnowledge } from './rule-knowledge.js';
import { rulesKey } from './rules-key.js';
import { asLoaded, trialRules } from './trial-rules.js';
import { userRuleIds } from './user-rule-ids.js';

/** A prover that evaluates on the embedded engine. */
export interface EngineProver extends Prover {
  /** The engine without any exclusion; it is closed with the prover. */
  readonly bare: EngineBench;
  /** The engine that all are asked of. */
  readonly benches: EngineBenches;
  /** How it is started. */
  readonly options: EngineOptions;
  /** First number of generated rules. */
  readonly firstId: number;
}

/**
 * Starts the embedded engine as the report tells that the target's is set.
 * @throws WafproofError `DIALECT_UNKNOWN`, `ENGINE_UNKNOWN`, and all that can be wrong with an engine
 */
export async function openProver(
  { engine, settings, loading }: ProverOptions,
  report: RunReport,
): Promise<EngineProver> {
  const firstId = freeFirstId(settings.firstId, await userRuleIds(engine));
  const dialects = readDialects(settings, report, engine, firstId);
  const options = optionsFor(report, engine);
  const benches = await startBenches(options, loading);
  const key = rulesKey(options, benches.info);
  const few = lazily(() => fewRules(options));
  return {
    ...(key !== undefined && {
      rulesKey: key,
      keyWith: (exclusions: readonly Exclusion[]) => hashKey([key, trialRules(exclusions, firstId)]),
    }),
    bare: benches.bare,
    benches,
    options,
    firstId,
    engine: benches.info.version ?? 'ModSecurity',
    names: modsecurityFieldNames,
    dialects,
    ...ruleKnowledge(thresholdOf(benches.info)),
    possibilities: (dialect) => possibilities(dialect, options, { allowUnreadBodies: settings.allowUnreadBodies }),
    generalise: generaliseNames,
    asLoaded,
    open: async (exclusions, margin = leastMargin) => benches.open({ trial: trialRules(exclusions, firstId), margin }),
    openAsWritten: async (exclusions) => benches.open({ trial: trialRules(exclusions, firstId), isWhole: true }),
    ruleGroup,
    openFor: async (ruleIds) => benches.open({ trial: { before: '', after: few().without(ruleIds.map(Number)) } }),
    servers: settings.servers.map((name) => proofServer(name, options, settings)),
    close: () => benches.close(),
  };
}

function readDialects(
  settings: TuneSettings,
  report: RunReport,
  rules: EngineOptions,
  firstId: number,
): readonly [Dialect, ...Dialect[]] {
  const engines = chosenEngines(settings, report);
  const read = (name: string): Dialect => {
    const dialect = dialectOf(name, engines, rules);
    if (dialect === undefined) throw fail('DIALECT_UNKNOWN', { name, known: dialectNames });
    return numbered(dialect, firstId);
  };
  const [first = 'modsecurity', ...more] = settings.dialects;
  return [read(first), ...more.map(read)];
}

/** Rules of one file: the first digits of a number tell it. */
function ruleGroup(ruleId: RuleId): string {
  return String(Math.floor(Number(ruleId) / 1000));
}
