import { resolve } from 'node:path';
import type { Dialect } from '../../contract/dialect.js';
import type { Prover } from '../../contract/prover.js';
import type { Attack } from '../../model/attack.js';
import { fail } from '../../model/error.js';
import { installedEngine } from '../../model/options.js';
import type { CaseResult, Configuration, RunReport } from '../../model/report.js';
import { defaultTuneSettings, type TuneOptions, type TuneReportOptions } from '../../model/tune-options.js';
import { MatchMatrix, type MatrixMeans } from '../../prove/match-matrix.js';
import type { KnownOutcomes } from '../../prove/price.js';
import { sampleAttacks } from '../../prove/sample-attacks.js';
import { stageSteps } from '../../prove/step-progress.js';
import { writeReport } from '../../report/report-writer.js';
import { withExplanations } from '../explain-findings.js';
import { findWaf } from '../find-waf.js';
import { matchFiles } from '../match-files.js';
import { noteFiles, noteFolder } from '../note-files.js';
import { probeFindings } from '../probe/probe-findings.js';
import { unredacted } from '../redact.js';
import { withFields } from '../report-fields.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';
import { readAttacks } from './attacks.js';
import { clearOnServers, writtenBy } from './clear-on-servers.js';
import { type Effort, type MeasuredProver, measured } from './measured-prover.js';
import { minimizeFindings } from './minimize-findings.js';
import { filesAlways, filesOf, refuseOthersFiles } from './own-files.js';
import { proveExclusions } from './prove-exclusions.js';
import { recallHidden } from './recall-hidden.js';
import { sendOverHttp } from './send-to-server.js';
import { isInterruption, type ProvedInDialect, TuneSoFar } from './tune-so-far.js';
import { evaluateReport, type FoundExclusions, type Tuning } from './tuning.js';

/** A tuned report, and the files that hold its exclusions. */
export interface Tuned {
  readonly report: RunReport;
  readonly files: readonly string[];
  /** What it took, stage by stage. */
  readonly efforts: readonly Effort[];
}

/**
 * From the false positives of saved reports: the narrowest exclusions that clear them, proved on the real engine and
 * priced in attacks that they let through, and the configuration that holds them.
 * @throws WafproofError `REPORT_INVALID`, and those of `tuneReport`
 */
export async function tune(options: TuneOptions, world: World): Promise<Tuned> {
  const report = await readReports(options.reports, world);
  await recallHidden(report, world);
  return tuneReport(report, options, world);
}

/**
 * Does the same for a report at hand. Where the world's signal ends it, what is proved by then is written, and the report
 * says that it was interrupted.
 * @throws WafproofError `WAF_UNKNOWN`, `WAF_NO_TUNING`, `DIALECT_UNKNOWN`, `ENGINE_UNKNOWN`, `CORPUS_MISSING`,
 * `OUTPUT_UNWRITABLE`, `OUTPUT_NOT_OURS`, and all that can be wrong with an engine
 */
export async function tuneReport(report: RunReport, options: TuneReportOptions, world: World): Promise<Tuned> {
  const { engine: own, out, probing, ...given } = options;
  const engine = { ...installedEngine, ...own };
  const settings = { ...defaultTuneSettings, ...given };
  const waf = findWaf(report.target.waf.kind, world);
  const attacks = await readAttacks(settings.attacks, waf.fields, world);
  world.progress.stage('loading the rules');
  const loading = stageSteps('loading the rules', world.progress);
  const opened = await waf.openProver?.({ engine, settings, loading }, withWholeRequests(report));
  if (opened === undefined) throw fail('WAF_NO_TUNING', { name: waf.name });
  const prover = measured(opened, world.signal);
  const soFar = new TuneSoFar();
  const folder = resolve(world.cwd, out);
  const finish = (results: readonly ProvedInDialect[], minimized: RunReport) =>
    writeResults(results, minimized, { prover, out: folder, explain: (one) => withExplanations(one, waf, engine) });
  try {
    await refuseOthersFiles(filesAlways(prover.dialects, prover.engine), folder);
    const tuning = await beginTuning(report, { prover, attacks, settings, soFar }, world);
    await proveInEach(prover.dialects, { tuning, soFar, send: sendOverHttp(waf, engine, world.signal) });
    prover.stage('minimize');
    const minimized = await minimizeFindings(report, prover, world);
    const probed = probing && (await probeFindings(minimized, probing, world, { engine }));
    return await finish(soFar.proved, probed ?? minimized);
  } catch (error) {
    if (!isInterruption(error)) throw error;
    const { results, interrupted } = soFar.results();
    return await finish(results, { ...report, interrupted });
  } finally {
    await prover.close();
    world.progress.end();
  }
}

/** What is hidden in a report is there all the same while it is in memory. */
function withWholeRequests(report: RunReport): RunReport {
  const whole = (result: CaseResult) => ({ ...result, request: unredacted(result.request) });
  return { ...report, results: report.results.map(whole) };
}

interface Means {
  readonly prover: MeasuredProver;
  readonly attacks: readonly Attack[];
  readonly settings: Tuning['settings'];
  readonly soFar: TuneSoFar;
}

async function beginTuning(
  report: RunReport,
  { prover, attacks, settings, soFar }: Means,
  { progress, env }: World,
): Promise<Tuning> {
  prover.stage('cases as they are');
  const evaluated = await evaluateReport(report, prover, settings.endpoints, progress);
  const matrixOf = (some: readonly Attack[]) =>
    new MatchMatrix(some, prover.bare, prover, matrixMeans(prover, settings, env));
  const found = (dialect: Dialect, one: FoundExclusions) => soFar.found(dialect, one, evaluated, prover.engine);
  const known = knownOutcomes(prover, settings, env);
  return {
    evaluated,
    prover,
    matrix: matrixOf(attacks),
    ...(settings.maxLoss !== undefined && { sample: matrixOf(sampleAttacks(attacks)) }),
    settings,
    progress,
    found,
    ...(known !== undefined && { known }),
  };
}

/** Each set of exclusions at an endpoint has a file of its own, of some kB. */
const mostPrices = 4000;

function knownOutcomes(prover: Prover, { noCache }: Tuning['settings'], env: World['env']): KnownOutcomes | undefined {
  const folder = noCache === true ? undefined : noteFolder('prices', env);
  const { keyWith } = prover;
  if (folder === undefined || keyWith === undefined) return undefined;
  return { store: noteFiles({ folder, head: 'wafproof prices 1', mostFiles: mostPrices }), keyOf: keyWith };
}

/** With `--margin` the price of every choice is read from the matrix, which must know all that an attack fires. */
function matrixMeans(prover: MeasuredProver, { margin, noCache }: Tuning['settings'], env: World['env']): MatrixMeans {
  const folder = noCache === true ? undefined : noteFolder('matches', env);
  const { rulesKey } = prover;
  return {
    ...(margin === undefined && { few: (ruleIds) => prover.openFor(ruleIds) }),
    ...(folder !== undefined && rulesKey !== undefined && { known: { store: matchFiles(folder), rulesKey } }),
  };
}

interface Proving {
  readonly tuning: Tuning;
  readonly soFar: TuneSoFar;
  readonly send: ReturnType<typeof sendOverHttp>;
}

/** Each dialect can express other exclusions, so each has a search of its own. */
async function proveInEach(dialects: readonly Dialect[], { tuning, soFar, send }: Proving): Promise<void> {
  for (const dialect of dialects) {
    const embedded = await proveExclusions(dialect, tuning);
    soFar.proved.push({ dialect, result: await clearOnServers(embedded, { dialect, tuning, send }) });
  }
}

interface Writing {
  readonly prover: MeasuredProver;
  readonly out: string;
  /** Says what the rules of a report look for. */
  readonly explain: (report: RunReport) => Promise<RunReport>;
}

/** The report of what was proved, and its files. */
async function writeResults(
  results: readonly ProvedInDialect[],
  report: RunReport,
  { prover, out, explain }: Writing,
): Promise<Tuned> {
  const configurations = results.map((one) => configurationOf(one, report));
  const files = await writeConfigurations(configurations, out);
  const [first] = results;
  const proof = first && { exclusions: first.result.exclusions, verification: first.result.verification };
  const tuned = await explain(withFields({ ...report, ...proof, configurations }, prover.names));
  return { report: tuned, files, efforts: prover.efforts() };
}

function configurationOf({ dialect, result }: ProvedInDialect, report: RunReport): Configuration {
  return { dialect: dialect.name, ...writtenBy(dialect, result, report) };
}

async function writeConfigurations(configurations: readonly Configuration[], out: string): Promise<readonly string[]> {
  const files = filesOf(configurations);
  await refuseOthersFiles(files, out);
  return writeReport({ files }, out);
}
