import { resolve } from 'node:path';
import { compareResults } from '../../compare/compare-results.js';
import type { EngineOptions } from '../../config/options.js';
import type { TuneOptions } from '../../config/tune-options.js';
import type { Exclusion, Verification } from '../../model/exclusion.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import { writeReport } from '../../report/report-writer.js';
import { mapConcurrently } from '../../util/concurrency.js';
import { modsecurityDialect } from '../../waf/modsecurity/dialects/modsecurity-dialect.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';
import { readAttacks } from './attacks.js';
import { findExclusions } from './find-exclusions.js';
import { linkFindings, reasonsOf } from './link-findings.js';
import { findTooBroad } from './neighbours.js';
import { price } from './price.js';
import { type Bench, firstRuleId, openBench } from './workbench.js';

const atOnce = 32;

/** A tuned report, and the files that hold its exclusions. */
export interface Tuned {
  readonly report: RunReport;
  readonly files: readonly string[];
}

/**
 * From the false positives of saved reports: the narrowest exclusions that clear them, proved on the real engine and
 * priced in attacks that they let through, and the configuration that holds them.
 */
export async function tune(options: TuneOptions, world: World): Promise<Tuned> {
  const saved = await readReports(options.reports, world.cwd);
  const attacks = await readAttacks(options.attacks, world.cwd);
  const engine = engineOf(saved, options.engine);
  const legitimate = saved.results.filter(({ intent }) => intent === 'legitimate');
  world.progress.stage('evaluating the cases as they are');
  const before = await openBench(engine, []);
  try {
    const cases = await replay(legitimate, before);
    const blocked = cases.filter(({ verdict }) => verdict.kind === 'false-positive');
    world.progress.stage(`searching exclusions for ${blocked.length} false positives`);
    const found = await findExclusions(blocked, engine);
    for (const { subject, ruleId, reason } of found.unsolved) {
      world.progress.warn(`${subject} is still blocked by rule ${ruleId}: ${reason}`);
    }
    const exclusions = linkFindings(found.exclusions, saved.findings);
    const after = await openBench(engine, exclusions);
    try {
      world.progress.stage(`sending ${attacks.length} attacks through ${exclusions.length} exclusions`);
      const { exclusions: priced, attacksLost } = await price(exclusions, attacks, blocked, { before, after });
      world.progress.stage('verifying');
      const comparison = compareResults(cases, await replay(legitimate, after));
      const tooBroad = await findTooBroad(priced, blocked, { before, after });
      const verification = { engine: after.engine, ...comparison, attacksLost, tooBroad };
      const report = { ...saved, exclusions: priced, verification };
      return { report, files: await writeDialect(report, priced, verification, resolve(world.cwd, options.out)) };
    } finally {
      await after.close();
    }
  } finally {
    await before.close();
    world.progress.end();
  }
}

/** Level and threshold of the report, unless the user says otherwise. */
function engineOf({ target: { waf } }: RunReport, options: EngineOptions): EngineOptions {
  return {
    ...(waf.paranoia !== undefined && { paranoia: waf.paranoia }),
    ...(waf.threshold !== undefined && { threshold: waf.threshold }),
    ...options,
  };
}

/** The cases as the engine of a bench judges them now. */
async function replay(cases: readonly CaseResult[], bench: Bench): Promise<readonly CaseResult[]> {
  const again = async (result: CaseResult): Promise<CaseResult> => {
    const { action, hits } = await bench.evaluate(result.request);
    const verdict =
      action === 'passed'
        ? { kind: 'let-through' as const, nearMiss: hits.length > 0 }
        : { kind: 'false-positive' as const, detectedOnly: false };
    return { ...result, hits, verdict };
  };
  const results: CaseResult[] = [];
  for await (const result of mapConcurrently(cases, atOnce, again)) results.push(result);
  return results.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function writeDialect(report: RunReport, exclusions: readonly Exclusion[], { engine }: Verification, out: string) {
  const notes = { firstId: firstRuleId, reasons: reasonsOf(report), engine };
  const files = modsecurityDialect.write(exclusions, notes);
  const inFolder = files.map(({ name, content }) => ({ name: `${modsecurityDialect.name}/${name}`, content }));
  return writeReport({ files: inFolder }, out);
}
