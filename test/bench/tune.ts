/**
 * What a tune costs, stage by stage: requests that the engine was asked about, engines that were started, and time. The
 * false positives are those of the suites that ship, or of the files that the environment variable `SUITES` names.
 *
 *   npm run bench -- tune
 *
 * "evaluations per finding" is the figure to watch: a loop that asks for every finding, exclusion and attack anew would
 * need findings x attacks for the price alone, which is the last line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTuneSettings } from '../../src/model/tune-options.js';
import { check } from '../../src/pipeline/check.js';
import { readAttacks } from '../../src/pipeline/tune/attacks.js';
import { tuneReport } from '../../src/pipeline/tune/tune.js';
import type { World } from '../../src/pipeline/world.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { isQuick } from './support/machine.js';

const suites = (process.env['SUITES'] ?? 'suites').split(',');
const engine = { rulesBefore: [], rulesAfter: [] };
const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };
const world: World = { cwd: process.cwd(), env: {}, signal: new AbortController().signal, progress };
const out = mkdtempSync(join(tmpdir(), 'wafproof-bench-'));

try {
  const select = { tags: [], shard: { index: 1, total: isQuick ? 40 : 8 } };
  const report = await check({ suites, select, engine, timeoutMs: 60_000 }, world);
  const attacks = await readAttacks(['wafproof:attacks'], modsecurityFieldNames, world);
  const settings = { dialects: [], engines: [], endpoints: [], servers: [], firstId: defaultTuneSettings.firstId };
  const began = performance.now();
  const { report: tuned, efforts } = await tuneReport(
    report,
    { ...settings, attacks: ['wafproof:attacks'], engine, out },
    world,
  );
  const seconds = (performance.now() - began) / 1000;
  const findings = report.findings.length;
  const exclusions = tuned.exclusions?.length ?? 0;
  const cleared = tuned.verification?.cleared.length ?? 0;
  console.log(
    `  ${cleared} false positives, ${findings} findings, ${exclusions} exclusions, ${attacks.length} attacks`,
  );
  console.log('  stage                        evaluations   per finding   engines      time   share');
  for (const { stage, evaluations, engines, durationMs } of efforts) {
    const cells = [
      stage.padEnd(26),
      `${evaluations}`.padStart(12),
      (evaluations / findings).toFixed(1).padStart(14),
      `${engines}`.padStart(10),
      `${(durationMs / 1000).toFixed(1)} s`.padStart(10),
      `${(durationMs / 10 / seconds).toFixed(0)} %`.padStart(8),
    ];
    console.log(`  ${cells.join('')}`);
  }
  const all = efforts.reduce((sum, { evaluations }) => sum + evaluations, 0);
  const naive = exclusions * attacks.length * 2;
  console.log(
    `  ${all} evaluations in ${seconds.toFixed(1)} s; every attack through every exclusion, before and after: ${naive}`,
  );
} finally {
  rmSync(out, { recursive: true, force: true });
}
