import type { Dialect } from '../../../contract/dialect.js';
import type { Prover, ProverOptions } from '../../../contract/prover.js';
import { fail } from '../../../model/error.js';
import type { RuleId } from '../../../model/evidence.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RunReport } from '../../../model/report.js';
import type { TuneSettings } from '../../../model/tune-options.js';
import { dialectNames, dialectOf } from '../dialects/dialects.js';
import { numbered } from '../dialects/rule-dialect.js';
import { freeFirstId } from '../dialects/rule-id-range.js';
import { modsecurityFieldNames } from '../field-names.js';
import { type EngineBench, openBench, thresholdOf } from './bench.js';
import { chosenEngines, optionsFor } from './engine-choice.js';
import { generaliseArrays } from './generalise-arrays.js';
import { possibilities } from './possibilities.js';
import { proofServer } from './proof-server.js';
import { ruleKnowledge } from './rule-knowledge.js';
import { asLoaded, isSwitchable, partName, switchableRules, trialRules, withoutHeader } from './trial-rules.js';
import { userRuleIds } from './user-rule-ids.js';

/** A prover that evaluates on the embedded engine. */
export interface EngineProver extends Prover {
  /** The engine without any exclusion; it is closed with the prover. */
  readonly bare: EngineBench;
  /** How it is started. */
  readonly options: EngineOptions;
  /** First number of generated rules. */
  readonly firstId: number;
}

/**
 * Starts the embedded engine as the report tells that the target's is set.
 * @throws WafproofError `DIALECT_UNKNOWN`, `ENGINE_UNKNOWN`, and all that can be wrong with an engine
 */
export async function openProver({ engine, settings }: ProverOptions, report: RunReport): Promise<EngineProver> {
  const firstId = freeFirstId(settings.firstId, await userRuleIds(engine));
  const dialects = readDialects(settings, report, engine, firstId);
  const options = optionsFor(report, engine);
  const bare = await openBench(options, { before: '', after: '' });
  return {
    bare,
    options,
    firstId,
    engine: bare.info.version ?? 'ModSecurity',
    names: modsecurityFieldNames,
    dialects,
    ...ruleKnowledge(thresholdOf(bare.info)),
    possibilities: (dialect) => possibilities(dialect, options),
    generalise: generaliseArrays,
    asLoaded,
    open: (exclusions, margin) => openBench(options, trialRules(exclusions, firstId), margin),
    isSwitchable,
    openSwitch: (parts) => openSwitch(options, switchableRules(parts, firstId)),
    ruleGroup,
    openFor: (ruleIds) => openBench({ ...options, onlyRules: ruleIds.map(Number) }, { before: '', after: '' }),
    servers: settings.servers.map((name) => proofServer(name, options)),
    close: () => bare.close(),
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

async function openSwitch(options: EngineOptions, rules: ReturnType<typeof switchableRules>) {
  const bench = await openBench(options, rules);
  return {
    evaluateWithout: (left: Parameters<typeof partName>[0], request: Parameters<EngineBench['evaluate']>[0]) =>
      bench.evaluate({ ...request, headers: [...request.headers, [withoutHeader, partName(left)]] }),
    close: () => bench.close(),
  };
}

/** Rules of one file: the first digits of a number tell it. */
function ruleGroup(ruleId: RuleId): string {
  return String(Math.floor(Number(ruleId) / 1000));
}
