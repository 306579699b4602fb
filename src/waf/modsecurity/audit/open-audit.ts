import { resolve } from 'node:path';
import type { AuditJob } from '../../../contract/auditor.js';
import { fail } from '../../../model/error.js';
import type { EngineOptions } from '../../../model/options.js';
import { evaluateCases } from '../../../prove/evaluate-cases.js';
import { MatchMatrix } from '../../../prove/match-matrix.js';
import { stageSteps } from '../../../prove/step-progress.js';
import { endpointsSaid, recogniseEndpoints } from '../../../request/endpoints.js';
import { counted } from '../../../util/counted.js';
import { readBytes } from '../../../util/read-file.js';
import { using } from '../../../util/using.js';
import { type AllFacts, gatherFacts, rulesIn } from '../exclusion-files/rule-facts.js';
import type { Rule } from '../exclusion-files/rules.js';
import { type EngineBench, startBenches } from '../prover/bench.js';
import { chosenEngines } from '../prover/engine-choice.js';
import { type EngineProver, openProver } from '../prover/prover.js';
import { crsFolder } from '../rule-plan.js';
import { createActing } from './acting.js';
import type { AuditEngines, AuditSubject, Replays, UserExclusions } from './audit-subject.js';
import type { AuditFile } from './read-files.js';
import { explainRefusal } from './refusal.js';
import { lossesOf, observeCases } from './replays.js';
import { openTrialFiles, type RuleFiles, type TrialFiles } from './trial-files.js';

const maxRuleBytes = 10_000_000;

/**
 * Loads the files as they are, and replays the cases with and without them.
 * @throws WafproofError `AUDIT_REFUSED`, and all that can be wrong with an engine
 */
export async function openAudit(job: AuditJob, files: readonly AuditFile[]): Promise<AuditSubject> {
  const engine = { ...job.engine, ...withoutFiles(job.engine, files, job.cwd) };
  const isFor2 = chosenEngines(job.settings, job.report).every((name) => name === 'modsecurity2');
  const trial = await openTrialFiles(files, engine, isFor2);
  try {
    return await openWith({ ...job, engine }, files, { trial, isFor2 });
  } catch (error) {
    await trial.close();
    throw error;
  }
}

interface Copies {
  readonly trial: TrialFiles;
  readonly isFor2: boolean;
}

async function openWith(job: AuditJob, files: readonly AuditFile[], copies: Copies): Promise<AuditSubject> {
  const { trial } = copies;
  const { engine, progress } = job;
  const facts = gatherFacts(crsFolder(engine), [...(await ownRules(engine)), ...files.flatMap(({ rules }) => rules)]);
  await assertLoads(files, { ...copies, engine }, facts);
  const exclusions = { files, units: files.flatMap((file) => file.units), facts };
  const loading = stageSteps('loading the rules without them', progress);
  const prover = await openProver({ ...(await withoutAny(job, exclusions, trial)), loading }, job.report);
  try {
    const engines = enginesOf(prover, job, trial);
    return {
      exclusions,
      engines,
      acting: createActing(),
      seen: new Map(),
      progress,
      replays: await replay(engines, job),
    };
  } catch (error) {
    await prover.close();
    throw error;
  }
}

/** What an engine is started with that has none of the exclusions. */
async function withoutAny({ engine, settings }: AuditJob, { units, facts }: UserExclusions, trial: TrialFiles) {
  const rules = await trial.without(new Set(units));
  return { engine: { ...engine, ...rules }, settings: { ...settings, firstId: freeId(settings.firstId, facts) } };
}

function enginesOf(prover: EngineProver, { attacks, signal, kept }: AuditJob, trial: TrialFiles): AuditEngines {
  const bare = interruptible(prover.bare, signal);
  const { rulesKey } = prover;
  const known = kept && rulesKey !== undefined ? { known: { store: kept.matches, rulesKey } } : {};
  return {
    prover: { ...prover, bare },
    matrix: new MatchMatrix(attacks, bare, prover, known),
    async ask(left, use, beside) {
      const rules = await trial.without(left);
      const bench = prover.benches.open({ rules, ...(beside !== undefined && { trial: beside }) });
      return using(Promise.resolve(interruptible(bench, signal)), use);
    },
    async close() {
      await prover.close();
      await trial.close();
    },
  };
}

function interruptible(bench: EngineBench, signal: AbortSignal): EngineBench {
  return {
    ...bench,
    async evaluate(request) {
      if (signal.aborted) throw fail('INTERRUPTED', {});
      return bench.evaluate(request);
    },
  };
}

async function replay({ prover, ask }: AuditEngines, { report, settings, progress }: AuditJob): Promise<Replays> {
  const legitimate = report.results.filter(({ intent }) => intent === 'legitimate');
  const { begin, step } = stageSteps(
    `replaying ${counted(legitimate.length, 'case')} with and without the files`,
    progress,
  );
  begin(3 * legitimate.length);
  const cases = await evaluateCases(legitimate, prover.bare, step);
  const none = await observeCases(cases, prover.bare, step);
  const asIs = await ask(new Set(), (bench) => observeCases(cases, bench, step));
  const helped = lossesOf(asIs, none);
  const requests = legitimate.map(({ request }) => request);
  return {
    cases,
    none,
    asIs,
    changed: cases.filter(({ id }) => helped.has(id)),
    endpointOf: recogniseEndpoints(requests, [...settings.endpoints, ...endpointsSaid(legitimate)]),
  };
}

/** Rules of the user's beside those that are audited. */
async function ownRules({ rulesBefore, rulesAfter }: RuleFiles): Promise<readonly Rule[]> {
  const read = await Promise.all([...rulesBefore, ...rulesAfter].map((path) => readBytes(path, maxRuleBytes)));
  return read.flatMap((file) => (file.kind === 'read' ? rulesIn(file.bytes.toString('latin1')) : []));
}

/** Numbers that a set of generated rules may take. */
const idRange = 5000;

/** The first number from which on no rule has one of those that generated rules may get. */
function freeId(wanted: number, facts: AllFacts): number {
  const taken = [...facts.keys()];
  let first = wanted;
  while (taken.some((id) => id >= first && id < first + idRange)) first += idRange;
  return first;
}

/** The files that are audited are not loaded a second time as the user's own rules. */
function withoutFiles({ rulesBefore, rulesAfter }: EngineOptions, files: readonly AuditFile[], cwd: string): RuleFiles {
  const audited = new Set(files.map(({ path }) => path));
  const isOther = (path: string) => !audited.has(resolve(cwd, path));
  return { rulesBefore: rulesBefore.filter(isOther), rulesAfter: rulesAfter.filter(isOther) };
}

interface Loading extends Copies {
  readonly engine: EngineOptions;
}

async function assertLoads(
  files: readonly AuditFile[],
  { trial, isFor2, engine }: Loading,
  facts: AllFacts,
): Promise<void> {
  try {
    await load(trial, engine);
  } catch (error) {
    const loadsAlone = async (file: AuditFile) => {
      const alone = await openTrialFiles([file], engine, isFor2);
      const refused = load(alone, engine).then(
        () => false,
        () => true,
      );
      return !(await refused.finally(() => alone.close()));
    };
    throw await explainRefusal(error, { files, trial, facts, loadsAlone });
  }
}

async function load(trial: TrialFiles, engine: EngineOptions): Promise<void> {
  const rules = await trial.without(new Set());
  await using(startBenches({ ...engine, ...rules, workers: 1 }), async () => undefined);
}
