import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../model/report.js';
import { packageRoot } from '../util/package-root.js';
import { startLab } from './lab.js';
import { run } from './run.js';
import type { World } from './world.js';

const connections = 16;
const timeoutMs = 30_000;
const logWaitMs = 5000;

/** Starts a lab, replays the shipped suites against it over HTTP, and reports: the whole loop on one machine. */
export async function demo(world: World): Promise<RunReport> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-demo-'));
  const auditLog = join(folder, 'audit.log');
  try {
    world.progress.stage('starting the lab');
    const lab = await startLab({ engine: { rulesBefore: [], rulesAfter: [] }, port: 0, mode: 'block', auditLog });
    try {
      const waf = { kind: lab.waf.kind, log: auditLog };
      const target = { name: 'lab', url: lab.url, waf, connections, timeoutMs, logWaitMs };
      return await run(
        {
          suites: [join(packageRoot, 'suites')],
          select: { tags: [] },
          target: { ...target, attacks: true, insecure: false },
        },
        world,
      );
    } finally {
      await lab.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
