import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { targetOf } from '../config/target-of.js';
import type { RunReport } from '../model/report.js';
import { packageRoot } from '../util/package-root.js';
import { makeTemporaryFolder } from '../util/temporary-folder.js';
import { startLab } from './lab.js';
import { run } from './run.js';
import { tuneReport } from './tune/tune.js';
import type { World } from './world.js';

const logWaitMs = 5000;

/** The suites for which exclusions are searched and proved: as many as are done in half a minute. */
const tunedSuites = ['Comments'];

/**
 * Starts a lab, replays the shipped suites against it over HTTP, clears the false positives of some of them, and reports: the
 * whole loop on one machine.
 * @param out where the files of the exclusions are written, relative to the world's `cwd`; absent: they are in the report only
 * @throws WafproofError `LAB_START`, and all that can be wrong with an engine or an output folder
 */
export async function demo(world: World, out?: string): Promise<RunReport> {
  const folder = await makeTemporaryFolder('demo');
  try {
    const report = await replayInLab(join(folder, 'audit.log'), world);
    const part = partOf(report);
    if (report.interrupted !== undefined || part.findings.length === 0) return report;
    const tuned = await tuneReport(part, { out: out ?? folder }, world);
    return withProof(report, tuned.report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replayInLab(auditLog: string, world: World): Promise<RunReport> {
  world.progress.stage('starting the lab');
  const lab = await startLab({ auditLog });
  try {
    const waf = { kind: lab.waf.kind, log: auditLog };
    const target = targetOf({ name: 'lab', url: lab.url, waf, logWaitMs, attacks: true });
    return await run({ suites: [join(packageRoot, 'suites')], target }, world);
  } finally {
    await lab.close();
  }
}

/** The report as if only the tuned suites had been sent. */
function partOf(report: RunReport): RunReport {
  const results = report.results.filter(({ suite }) => tunedSuites.includes(suite));
  const ids = new Set(results.map(({ id }) => id));
  const findings = report.findings
    .map((finding) => ({ ...finding, cases: finding.cases.filter((id) => ids.has(id)) }))
    .filter(({ cases }) => cases.length > 0);
  return { ...report, results, findings };
}

/** The whole report with what was found out of a part of it. */
function withProof(report: RunReport, tuned: RunReport): RunReport {
  const results = new Map(tuned.results.map((result) => [result.id, result]));
  const findings = new Map(tuned.findings.map((finding) => [finding.id, finding]));
  const { exclusions, verification, configurations, interrupted } = tuned;
  return {
    ...report,
    results: report.results.map((result) => results.get(result.id) ?? result),
    findings: report.findings.map((finding) => {
      const minimal = findings.get(finding.id)?.minimal;
      return minimal === undefined ? finding : { ...finding, minimal };
    }),
    ...(exclusions && { exclusions }),
    ...(verification && { verification }),
    ...(configurations && { configurations }),
    ...(interrupted !== undefined && { interrupted }),
  };
}
