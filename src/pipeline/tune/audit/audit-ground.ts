import { resolve } from 'node:path';
import type { EngineOptions } from '../../../model/options.js';
import type { CaseResult, RunReport } from '../../../model/report.js';
import type { TuneSettings } from '../../../model/tune-options.js';
import { readBytes } from '../../../util/read-file.js';
import type { TrialRules } from '../../../waf/modsecurity/dialects/trial.js';
import { type AllFacts, gatherFacts, rulesIn } from '../../../waf/modsecurity/exclusion-files/rule-facts.js';
import type { Rule } from '../../../waf/modsecurity/exclusion-files/rules.js';
import type { ExclusionUnit } from '../../../waf/modsecurity/exclusion-files/unit.js';
import { crsFolder } from '../../../waf/modsecurity/rule-plan.js';
import type { World } from '../../world.js';
import type { Attack } from '../attacks.js';
import { type Ground, openGround } from '../ground.js';
import { type Bench, openBench } from '../workbench.js';
import { lossesOf, type Observations, observe } from './observe.js';
import type { AuditFile } from './read-files.js';
import { explainRefusal } from './refusal.js';
import { openTrialFiles, type RuleFiles, type TrialFiles } from './trial-files.js';

/** What every question about the user's exclusions starts from. */
export interface AuditGround {
  readonly files: readonly AuditFile[];
  readonly units: readonly ExclusionUnit[];
  readonly facts: AllFacts;
  /** The engine with none of the exclusions, and all cases on it. */
  readonly ground: Ground;
  readonly none: Observations;
  /** The cases with the files as they are. */
  readonly asIs: Observations;
  /** Cases that fare better with the exclusions than without any: what all do not help, none does by itself. */
  readonly changed: readonly CaseResult[];
  /** Asks an engine that reads the files without some exclusions, and other rules beside them. */
  ask<T>(left: ReadonlySet<ExclusionUnit>, use: (bench: Bench) => Promise<T>, beside?: TrialRules): Promise<T>;
  close(): Promise<void>;
}

const nothing: TrialRules = { before: '', after: '' };
/** So many cases are evaluated sooner than a second engine process has loaded its rules. */
const fewCases = 200;
const maxRuleBytes = 10_000_000;

/** What an audit is of, and on which engine. */
export interface AuditSubject {
  readonly report: RunReport;
  readonly attacks: readonly Attack[];
  readonly files: readonly AuditFile[];
  readonly engine: EngineOptions;
  readonly settings: TuneSettings;
}

/** @throws WafproofError `AUDIT_REFUSED`, and all that can be wrong with an engine */
export async function openAuditGround(subject: AuditSubject, world: World): Promise<AuditGround> {
  const { files } = subject;
  const engine = { ...subject.engine, ...withoutFiles(subject.engine, files, world.cwd) };
  const trial = await openTrialFiles(files, engine);
  try {
    return await openWith({ ...subject, engine, trial }, world);
  } catch (error) {
    await trial.close();
    throw error;
  }
}

async function openWith(subject: AuditSubject & Loading, world: World): Promise<AuditGround> {
  const { files, report, attacks, settings, engine, trial } = subject;
  const facts = gatherFacts(crsFolder(engine), [...(await ownRules(engine)), ...files.flatMap(({ rules }) => rules)]);
  await assertLoads(files, { trial, engine }, facts);
  const units = files.flatMap((file) => file.units);
  const bare = { ...engine, ...(await trial.without(new Set(units))) };
  const numbered = { ...settings, firstId: freeId(settings.firstId, facts) };
  const ground = await openGround(report, attacks, { engine: bare, settings: numbered }, world);
  try {
    const workers = ground.cases.length > fewCases ? {} : { workers: 1 };
    const options = { ...ground.workshop.engine, ...workers };
    const ask: AuditGround['ask'] = async (left, use, beside = nothing) =>
      withBench({ ...options, ...(await trial.without(left)) }, beside, use);
    const close = async () => {
      await ground.before.close();
      await trial.close();
    };
    return { files, units, facts, ground, ask, close, ...(await compare(ground, ask)) };
  } catch (error) {
    await ground.before.close();
    throw error;
  }
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

async function compare({ cases, before }: Ground, ask: AuditGround['ask']) {
  const none = await observe(cases, before);
  const asIs = await ask(new Set(), (bench) => observe(cases, bench));
  const helped = lossesOf(asIs, none);
  return { none, asIs, changed: cases.filter(({ id }) => helped.has(id)) };
}

/** The files that are audited are not loaded a second time as the user's own rules. */
function withoutFiles({ rulesBefore, rulesAfter }: EngineOptions, files: readonly AuditFile[], cwd: string): RuleFiles {
  const audited = new Set(files.map(({ path }) => path));
  const isOther = (path: string) => !audited.has(resolve(cwd, path));
  return { rulesBefore: rulesBefore.filter(isOther), rulesAfter: rulesAfter.filter(isOther) };
}

interface Loading {
  readonly trial: TrialFiles;
  readonly engine: EngineOptions;
}

async function assertLoads(files: readonly AuditFile[], { trial, engine }: Loading, facts: AllFacts): Promise<void> {
  try {
    await load(trial, engine);
  } catch (error) {
    const loadsAlone = async (file: AuditFile) => {
      const alone = await openTrialFiles([file], engine);
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
  await withBench({ ...engine, ...rules, workers: 1 }, nothing, async () => undefined);
}

async function withBench<T>(engine: EngineOptions, rules: TrialRules, use: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await openBench(engine, rules);
  try {
    return await use(bench);
  } finally {
    await bench.close();
  }
}
