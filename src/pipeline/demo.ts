import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { targetOf } from '../config/target-of.js';
import type { RunReport } from '../model/report.js';
import { packageRoot } from '../util/package-root.js';
import { makeTemporaryFolder } from '../util/temporary-folder.js';
import { startLab } from './lab.js';
import { run } from './run.js';
import type { World } from './world.js';

const logWaitMs = 5000;

/**
 * Starts a lab, replays the shipped suites against it over HTTP, and reports: the whole loop on one machine.
 * @throws WafproofError `LAB_START`, and all that can be wrong with an engine
 */
export async function demo(world: World): Promise<RunReport> {
  const folder = await makeTemporaryFolder('demo');
  const auditLog = join(folder, 'audit.log');
  try {
    world.progress.stage('starting the lab');
    const lab = await startLab({ auditLog });
    try {
      const waf = { kind: lab.waf.kind, log: auditLog };
      const target = targetOf({ name: 'lab', url: lab.url, waf, logWaitMs, attacks: true });
      return await run({ suites: [join(packageRoot, 'suites')], target }, world);
    } finally {
      await lab.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
