import type { Sweep, SweptAnswer } from '../contract/sweep.js';
import type { Intent } from '../model/case.js';
import { fail } from '../model/error.js';
import { type CheckOptions, installedEngine } from '../model/options.js';
import type { SettingValues, SweepParameters, SweepReport, SweptRuleSet, SweptSetting } from '../model/sweep.js';
import { stageSteps } from '../prove/step-progress.js';
import { countedIds } from '../replay/correlation-ids.js';
import { correlated, withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { defaultSeed, withRandomValues } from '../request/random-values.js';
import type { LoadedSuites } from '../suite/load-suites.js';
import { mapConcurrently } from '../util/concurrency.js';
import { loadCheckedSuites } from './check.js';
import { findWaf } from './find-waf.js';
import { toolVersion } from './tool-version.js';
import type { World } from './world.js';

/** What `sweep` is to do: what `check` does, under several settings and rule sets. */
export interface SweepOptions extends CheckOptions {
  readonly parameters: SweepParameters;
  /** Folders or archives with rule sets; default: that of the engine's options. */
  readonly ruleSets?: readonly string[];
}

const jobsPerWorker = 16;

/**
 * Finds out what each setting of a WAF costs in false positives and what it detects, on an engine on this machine.
 * @throws WafproofError `SUITE_…` and its like when a suite is wrong, `WAF_UNKNOWN`, `WAF_NO_SWEEP`, `USAGE` for a setting that is not
 * known, and all that can be wrong with an engine
 */
export async function sweep(options: SweepOptions, world: World): Promise<SweepReport> {
  const startedAt = new Date();
  const began = performance.now();
  const suites = await loadCheckedSuites(options, world);
  const named = options.ruleSets ?? [];
  const names = named.length === 0 ? [options.engine?.crs] : named;
  const counts = { legitimate: 0, attacks: 0 };
  const ruleSets: SweptRuleSet[] = [];
  for (const [place, name] of names.entries()) {
    if (world.signal.aborted) break;
    const tally = await sweepRuleSet(name, options, suites, world);
    ruleSets.push(tally.ruleSet);
    if (place === 0) Object.assign(counts, tally.counts);
  }
  world.progress.end();
  return {
    schemaVersion: 1,
    tool: { name: 'wafproof', version: toolVersion() },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - began),
    cases: counts,
    ...(world.signal.aborted && { interrupted: 'interrupted before all cases were done' }),
    ruleSets,
  };
}

async function sweepRuleSet(name: string | undefined, options: SweepOptions, suites: LoadedSuites, world: World) {
  const { engine, parameters, timeoutMs = 60_000 } = options;
  const waf = findWaf(options.waf, world);
  world.progress.stage('loading rules');
  const rules = { ...installedEngine, ...engine, ...(name !== undefined && { crs: name }) };
  const opened = await waf.openSweep?.(rules, parameters, timeoutMs, stageSteps('loading rules', world.progress));
  if (opened === undefined) throw fail('WAF_NO_SWEEP', { name: waf.name });
  try {
    world.progress.stage(`evaluating${name === undefined ? '' : ` ${name}`}`, suites.total);
    const tally = new Tally(opened.settings);
    for await (const one of evaluateAll(opened, suites, options, world)) {
      tally.add(one.intent, one.answers);
      world.progress.step?.();
    }
    const { info, evaluated } = opened;
    return {
      ruleSet: { name: name ?? info.ruleset ?? waf.name, waf: info, evaluated, settings: tally.settings() },
      counts: { legitimate: tally.legitimate, attacks: tally.attacks },
    };
  } finally {
    await opened.close();
  }
}

function evaluateAll(
  opened: Sweep,
  suites: LoadedSuites,
  { seed = defaultSeed }: SweepOptions,
  { signal }: World,
): AsyncGenerator<{ readonly intent: Intent; readonly answers: readonly SweptAnswer[] }> {
  const ids = countedIds('sweep');
  const atOnce = opened.workers * jobsPerWorker;
  return mapConcurrently(
    suites.cases(),
    atOnce,
    async (one) => {
      const id = ids.next();
      const { request } = withRandomValues(one, { seed, turn: 0 });
      const wire = correlated(encodeRequest(withHost(request, 'localhost')), id);
      return { intent: one.intent, answers: await opened.evaluate(wire, id) };
    },
    signal,
  );
}

/** Counts what each setting makes of the cases. */
class Tally {
  readonly #values: readonly SettingValues[];
  readonly #blocked: Record<Intent, number[]>;
  readonly #undecided: Record<Intent, number[]>;
  legitimate = 0;
  attacks = 0;

  constructor(values: readonly SettingValues[]) {
    const zeros = () => ({ legitimate: values.map(() => 0), attack: values.map(() => 0) });
    this.#values = values;
    this.#blocked = zeros();
    this.#undecided = zeros();
  }

  add(intent: Intent, answers: readonly SweptAnswer[]): void {
    if (intent === 'attack') this.attacks++;
    else this.legitimate++;
    for (const [place, { outcome }] of answers.entries()) {
      if (outcome === 'blocked') increase(this.#blocked[intent], place);
      if (outcome === 'undecided') increase(this.#undecided[intent], place);
    }
  }

  settings(): readonly SweptSetting[] {
    return this.#values.map((values, place) => ({
      values,
      falsePositives: this.#blocked.legitimate[place] ?? 0,
      detected: this.#blocked.attack[place] ?? 0,
      undecided: {
        legitimate: this.#undecided.legitimate[place] ?? 0,
        attacks: this.#undecided.attack[place] ?? 0,
      },
    }));
  }
}

function increase(counts: number[], place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}
