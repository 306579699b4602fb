import { resolve } from 'node:path';
import type { Dialect } from '../../contract/dialect.js';
import type { Attack } from '../../model/attack.js';
import { fail } from '../../model/error.js';
import { installedEngine } from '../../model/options.js';
import type { Configuration, RunReport } from '../../model/report.js';
import { defaultTuneSettings, type TuneOptions, type TuneReportOptions } from '../../model/tune-options.js';
import { MatchMatrix } from '../../prove/match-matrix.js';
import { writeReport } from '../../report/report-writer.js';
import { findWaf } from '../find-waf.js';
import { withFields } from '../report-fields.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';
import { readAttacks } from './attacks.js';
import { clearOnServers, writtenBy } from './clear-on-servers.js';
import { type Effort, type MeasuredProver, measured } from './measured-prover.js';
import { minimizeFindings } from './minimize-findings.js';
import { filesAlways, filesOf, refuseOthersFiles } from './own-files.js';
import { type Proved, proveExclusions } from './prove-exclusions.js';
import { sendOverHttp } from './send-to-server.js';
import { evaluateReport, type Tuning } from './tuning.js';

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
  return tuneReport(await readReports(options.reports, world), options, world);
}

/**
 * Does the same for a report at hand.
 * @throws WafproofError `WAF_UNKNOWN`, `WAF_NO_TUNING`, `DIALECT_UNKNOWN`, `ENGINE_UNKNOWN`, `CORPUS_MISSING`,
 * `OUTPUT_UNWRITABLE`, `OUTPUT_NOT_OURS`, `INTERRUPTED`, and all that can be wrong with an engine
 */
export async function tuneReport(report: RunReport, options: TuneReportOptions, world: World): Promise<Tuned> {
  const { engine: own, out, ...given } = options;
  const engine = { ...installedEngine, ...own };
  const settings = { ...defaultTuneSettings, ...given };
  const waf = findWaf(report.target.waf.kind, world);
  const attacks = await readAttacks(settings.attacks, waf.fields, world);
  world.progress.stage('evaluating the cases as they are');
  const opened = await waf.openProver?.({ engine, settings }, report);
  if (opened === undefined) throw fail('WAF_NO_TUNING', { name: waf.name });
  const prover = measured(opened, world.signal);
  const folder = resolve(world.cwd, out);
  try {
    await refuseOthersFiles(filesAlways(prover.dialects, prover.engine), folder);
    const tuning = await beginTuning(report, { prover, attacks, settings }, world);
    const proved = await proveInEach(prover.dialects, tuning, sendOverHttp(waf, engine, world.signal));
    const configurations = proved.map((one) => configurationOf(one, report));
    const files = await writeConfigurations(configurations, folder);
    prover.stage('minimize');
    const minimized = await minimizeFindings(report, prover, world);
    const [first] = proved;
    const tuned = withFields({ ...minimized, ...first?.result, configurations }, prover.names);
    return { report: tuned, files, efforts: prover.efforts() };
  } finally {
    await prover.close();
    world.progress.end();
  }
}

interface Means {
  readonly prover: MeasuredProver;
  readonly attacks: readonly Attack[];
  readonly settings: Tuning['settings'];
}

async function beginTuning(report: RunReport, { prover, attacks, settings }: Means, world: World): Promise<Tuning> {
  prover.stage('cases as they are');
  const evaluated = await evaluateReport(report, prover, settings.endpoints);
  const matrix = new MatchMatrix(attacks, prover.bare, prover);
  return { evaluated, prover, matrix, settings, progress: world.progress };
}

interface ProvedInDialect {
  readonly dialect: Dialect;
  readonly result: Proved;
}

/** Each dialect can express other exclusions, so each has a search of its own. */
async function proveInEach(
  dialects: readonly Dialect[],
  tuning: Tuning,
  send: ReturnType<typeof sendOverHttp>,
): Promise<readonly ProvedInDialect[]> {
  const proved: ProvedInDialect[] = [];
  for (const dialect of dialects) {
    const embedded = await proveExclusions(dialect, tuning);
    proved.push({ dialect, result: await clearOnServers(embedded, { dialect, tuning, send }) });
  }
  return proved;
}

function configurationOf({ dialect, result }: ProvedInDialect, report: RunReport): Configuration {
  return { dialect: dialect.name, ...writtenBy(dialect, result, report) };
}

async function writeConfigurations(configurations: readonly Configuration[], out: string): Promise<readonly string[]> {
  const files = filesOf(configurations);
  await refuseOthersFiles(files, out);
  return writeReport({ files }, out);
}
