import type { FieldNames } from '../../contract/field-names.js';
import type { Bench, Prover } from '../../contract/prover.js';
import { formatVariable, type RuleHit } from '../../model/evidence.js';
import type { CaseResult, Finding, RunReport } from '../../model/report.js';
import { isSeenAt } from '../../request/field-paths.js';
import { mapConcurrently } from '../../util/concurrency.js';
import { counted } from '../../util/counted.js';
import { groupBy } from '../../util/group-by.js';
import { using } from '../../util/using.js';
import type { World } from '../world.js';
import { type Minimized, minimizeHit } from './minimize-hit.js';
import { probeEngine } from './probe-engine.js';
import { type HitInRequest, isShortenable } from './request-search.js';

const atOnce = 32;
/** From so many hits of one group of rules on, an engine with that group alone is worth the time that it takes to start. */
const ownEngineFrom = 24;

/** What minimizing needs of a prover. */
export type MinimizingProver = Pick<Prover, 'bare' | 'names' | 'openFor' | 'ruleGroup'>;

/**
 * Finds the smallest request for each false positive and for each finding: which field matters, and which part of its
 * value. Each hit is searched on an engine with few rules, which is many times faster than one with all, and the result
 * confirmed on one with all of them. Hits of the method, of names and of what the engine made have no minimal, nor have
 * those that the engine does not see.
 * @param report its results with hits of the engine that proves, or of one like it
 * @returns the report with `minimal` in its results and findings
 */
export async function minimizeFindings<R extends Pick<RunReport, 'results' | 'findings'>>(
  report: R,
  prover: MinimizingProver,
  { progress, signal }: Pick<World, 'progress' | 'signal'>,
): Promise<R> {
  const { targets, ofCase, ofFinding } = chooseTargets(report, prover.names);
  if (targets.size === 0 || signal.aborted) return report;
  progress.stage(`minimizing ${counted(targets.size, 'hit')}`, targets.size);
  const found = await minimizeAll(targets, prover, signal, () => progress.step?.());
  const flaky = [...found.values()].filter((one) => one.kind === 'none' && one.reason === 'flaky').length;
  if (flaky > 0) progress.warn(`${flaky} hits have no smallest request: the engine's answers contradict one another`);
  const withMinimal = <T>(value: T, key: string | undefined): T => {
    const one = key === undefined ? undefined : found.get(key);
    return one?.kind === 'minimal' ? { ...value, minimal: one.minimal } : value;
  };
  return {
    ...report,
    results: report.results.map((result) => withMinimal(result, ofCase.get(result))),
    findings: report.findings.map((finding) => withMinimal(finding, ofFinding.get(finding))),
  };
}

interface Choice {
  readonly targets: ReadonlyMap<string, HitInRequest>;
  readonly ofCase: ReadonlyMap<CaseResult, string>;
  readonly ofFinding: ReadonlyMap<Finding, string>;
}

/** Of each false positive its highest scoring hit; of each finding, one of those if there is one, else any of its hits. */
function chooseTargets({ results, findings }: Pick<RunReport, 'results' | 'findings'>, names: FieldNames): Choice {
  const targets = new Map<string, HitInRequest>();
  const ofCase = new Map<CaseResult, string>();
  const ofFinding = new Map<Finding, string>();
  const choose = (result: CaseResult, hit: RuleHit) => {
    const key = keyOf(result, hit);
    targets.set(key, { request: result.request, hit });
    return key;
  };
  for (const result of results) {
    if (result.verdict.kind !== 'false-positive') continue;
    const ranked = result.hits.toSorted((a, b) => (b.scoring ?? 0) - (a.scoring ?? 0));
    const hit = ranked.find((one) => isShortenable({ request: result.request, hit: one }, names));
    if (hit !== undefined) ofCase.set(result, choose(result, hit));
  }
  const byId = new Map(results.map((result) => [result.id, result]));
  for (const finding of findings) {
    const seen = hitsOf(finding, byId);
    const [result, hit] = seen.find(([one, own]) => targets.has(keyOf(one, own))) ?? seen[0] ?? [];
    if (result === undefined || hit === undefined) continue;
    if (isShortenable({ request: result.request, hit }, names)) ofFinding.set(finding, choose(result, hit));
  }
  return { targets, ofCase, ofFinding };
}

function hitsOf(finding: Finding, byId: ReadonlyMap<string, CaseResult>) {
  const { ruleId, cases } = finding;
  return cases.flatMap((id) => {
    const result = byId.get(id);
    const hit = result?.hits.find((one) => one.ruleId === ruleId && isSeenAt(one, finding));
    return result === undefined || hit === undefined ? [] : [[result, hit] as const];
  });
}

function keyOf({ id }: CaseResult, { ruleId, variable }: RuleHit): string {
  return JSON.stringify([id, ruleId, formatVariable(variable)]);
}

type Keyed = readonly [key: string, target: HitInRequest];

async function minimizeAll(
  targets: ReadonlyMap<string, HitInRequest>,
  prover: MinimizingProver,
  signal: AbortSignal,
  step: () => void,
): Promise<ReadonlyMap<string, Minimized>> {
  const found = new Map<string, Minimized>();
  for (const group of groupByEngine([...targets], prover)) {
    if (signal.aborted) break;
    const rules = [...new Set(group.map(([, { hit }]) => hit.ruleId))];
    await using(prover.openFor(rules), async (bench) => {
      const minimize = async ([key, target]: Keyed) => found.set(key, await minimizeDecided(target, bench, prover));
      for await (const _done of mapConcurrently(group, atOnce, minimize, signal)) step();
    });
  }
  return found;
}

/** Of a search in which the engine could not say of every request what it does, the result tells nothing. */
async function minimizeDecided(
  target: HitInRequest,
  few: Bench,
  { bare, names }: MinimizingProver,
): Promise<Minimized> {
  const [small, full] = [probeEngine(few), probeEngine(bare)];
  const found = await minimizeHit(target, { small, full }, names);
  return small.couldNotAnswer || full.couldNotAnswer ? { kind: 'none', reason: 'undecided' } : found;
}

/** Hits by the group of their rule; the few of small groups together. */
function groupByEngine(targets: readonly Keyed[], { ruleGroup }: MinimizingProver): readonly (readonly Keyed[])[] {
  const files = [...groupBy(targets, ([, { hit }]) => ruleGroup(hit.ruleId)).values()];
  const few = files.filter((group) => group.length < ownEngineFrom).flat();
  return [...files.filter((group) => group.length >= ownEngineFrom), ...(few.length > 0 ? [few] : [])];
}
