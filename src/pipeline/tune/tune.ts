import { resolve } from 'node:path';
import type { Dialect, EngineName } from '../../contract/dialect.js';
import { fail } from '../../model/error.js';
import type { EngineOptions } from '../../model/options.js';
import type { Configuration, RunReport } from '../../model/report.js';
import type { ServerName, TuneOptions, TuneSettings } from '../../model/tune-options.js';
import { writeReport } from '../../report/report-writer.js';
import { dialectNames, dialectOf } from '../../waf/modsecurity/dialects/dialects.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';
import { withFields } from '../report-fields.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';
import { readAttacks } from './attacks.js';
import { clearOnServers } from './clear-on-servers.js';
import { readEngineNames } from './engine-names.js';
import { type Ground, openGround } from './ground.js';
import { minimizeFindings } from './minimize-findings.js';
import { type Proved, proveExclusions } from './prove-exclusions.js';
import type { Effort } from './workshop.js';
import { filesOf } from './written-files.js';

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
 */
export async function tune(options: TuneOptions, world: World): Promise<Tuned> {
  return tuneReport(await readReports(options.reports, world.cwd), options, world);
}

/** The same for a report at hand. */
export async function tuneReport(
  report: RunReport,
  { engine, out, ...settings }: Omit<TuneOptions, 'reports'>,
  world: World,
): Promise<Tuned> {
  const dialects = readDialects(settings.dialects, readEngines(settings, report), engine);
  const attacks = await readAttacks(settings.attacks, world.cwd, world.env);
  world.progress.stage('evaluating the cases as they are');
  const ground = await openGround(report, attacks, { engine, settings }, world);
  try {
    const proved = await inTurn(dialects, async (dialect) =>
      withServers(dialect, await proveExclusions(dialect, ground), ground),
    );
    const configurations = proved.map((one) => configurationOf(one, ground));
    const files = await writeConfigurations(configurations, resolve(world.cwd, out));
    const [first] = proved;
    ground.workshop.stage('minimize');
    const minimized = await minimizeFindings(report, ground.workshop.engine, world, modsecurityFieldNames);
    return {
      report: withFields({ ...minimized, ...first?.result, configurations }, modsecurityFieldNames),
      files,
      efforts: ground.workshop.efforts(),
    };
  } finally {
    await ground.before.close();
    world.progress.end();
  }
}

/** Each dialect can express other exclusions, so each has a search of its own. */
async function inTurn(dialects: readonly Dialect[], prove: (dialect: Dialect) => Promise<Proved>) {
  const proved: { readonly dialect: Dialect; readonly result: Proved }[] = [];
  for (const dialect of dialects) proved.push({ dialect, result: await prove(dialect) });
  return proved;
}

/** The servers read the Core Rule Set's own pair of files; other dialects are for servers that are set up by hand. */
async function withServers(dialect: Dialect, proved: Proved, ground: Ground): Promise<Proved> {
  const isProvable = dialect.name === 'modsecurity' && ground.settings.servers.length > 0;
  return isProvable ? clearOnServers(dialect, proved, ground) : proved;
}

function configurationOf(
  { dialect, result }: Awaited<ReturnType<typeof inTurn>>[number],
  ground: Ground,
): Configuration {
  return { dialect: dialect.name, files: filesOf(dialect, result, ground) };
}

/** Each dialect has a folder of its name. */
function writeConfigurations(configurations: readonly Configuration[], out: string): Promise<readonly string[]> {
  const files = configurations.flatMap(({ dialect, files: own }) =>
    own.map(({ name, content }) => ({ name: `${dialect}/${name}`, content })),
  );
  return writeReport({ files }, out);
}

function readDialects(
  names: readonly string[],
  engines: readonly EngineName[],
  rules: EngineOptions,
): readonly Dialect[] {
  return (names.length === 0 ? ['modsecurity'] : names).map((name) => {
    const dialect = dialectOf(name, engines, rules);
    if (dialect === undefined) throw fail('DIALECT_UNKNOWN', { name, known: dialectNames });
    return dialect;
  });
}

function readEngines({ engines: names, servers }: TuneSettings, { target: { waf } }: RunReport): readonly EngineName[] {
  if (names.length === 0) return [...new Set([engineOf(waf.version), ...servers.map(engineIn)])];
  return readEngineNames(names);
}

/** The engine that a server runs, from its Debian packages. */
function engineIn(server: ServerName): EngineName {
  return server === 'apache' ? 'modsecurity2' : 'modsecurity3';
}

/** The engine that wrote the evidence of a report, such as `ModSecurity 2.9.7`. */
function engineOf(version = ''): EngineName {
  if (/coraza/i.test(version)) return 'coraza';
  return /\b2\.\d/.test(version) ? 'modsecurity2' : 'modsecurity3';
}
