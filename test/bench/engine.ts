/**
 * How much of the engine's speed `check` delivers. The bare loop is a process that does nothing but evaluate the same
 * requests with the same rules; `check` is the pipeline as the command calls it, with 1 and with 2 engine processes. It
 * is timed from the first case to the last: loading rules is the business of the bench `startup`.
 *
 * Read the CPU columns first. They hold on a busy machine, where transactions a second do not: an engine process ought
 * to cost what the bare loop costs, and what the parent costs beside it is the price of suites, judging and reports. Two
 * engine processes and the parent share the machine's cores; on two cores the parent's part is lost to the engines.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/pipeline/check.js';
import { engineFiles } from '../../src/waf/modsecurity/base-config.js';
import { findLibrary } from '../../src/waf/modsecurity/library.js';
import { planRules, readUserRules } from '../../src/waf/modsecurity/rule-plan.js';
import { unicodeMapFile } from '../../src/waf/modsecurity/unicode-map.js';
import { runBareLoop } from './support/bare-loop.js';
import type { BareSetup } from './support/bare-loop-process.js';
import { CheckTimer } from './support/check-timer.js';
import { interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, printTarget, whole } from './support/print.js';
import { encodeWorkload, writeWorkload } from './support/workload.js';

const rules = { rulesBefore: [], rulesAfter: [], mode: 'block' as const };
const [size, rounds] = isQuick ? [800, 2] : [2500, 4];
/** On a busy machine there are fewer rounds. */
const limitSeconds = 60;

interface Measured {
  readonly transactions: number;
  readonly blocked: number;
  readonly seconds: number;
  /** CPU time of the engine processes, and of the process that feeds them. */
  readonly engineMicros: number;
  readonly parentMicros: number;
}

const perSecond = ({ transactions, seconds }: Measured) => transactions / seconds;
const enginePart = ({ engineMicros, transactions }: Measured) => engineMicros / transactions;
const parentPart = ({ parentMicros, transactions }: Measured) => parentMicros / transactions;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  await compare();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  const suite = await writeWorkload(folder, size);
  const parts = planRules(rules, 'relevant', readUserRules(rules, 'modsecurity3', folder));
  const setup: BareSetup = { library: findLibrary(undefined), parts, cases: await encodeWorkload(suite, folder) };
  await writeFile(join(folder, engineFiles.unicodeMap), unicodeMapFile());
  const results = await interleave<Measured>(
    rounds,
    [
      { name: 'bare loop', measure: () => measureBareLoop(setup) },
      { name: 'check, 1 worker', measure: () => measureCheck(suite, 1) },
      { name: 'check, 2 workers', measure: () => measureCheck(suite, 2) },
    ],
    limitSeconds,
  );
  report(results);
}

async function measureBareLoop(setup: BareSetup): Promise<Measured> {
  const { cpuMicros, ...run } = await runBareLoop(setup, folder);
  return { ...run, engineMicros: cpuMicros, parentMicros: 0 };
}

async function measureCheck(suite: string, workers: number): Promise<Measured> {
  const timer = new CheckTimer();
  const { signal } = new AbortController();
  const world = { cwd: folder, env: {}, signal, progress: timer };
  const engine = { rulesBefore: [], rulesAfter: [], workers };
  const { results } = await check({ suites: [suite], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
  const blocked = results.filter(({ status }) => status !== 200).length;
  return { transactions: results.length, blocked, ...timer.measured() };
}

function report(results: ReadonlyMap<string, readonly Measured[]>): void {
  const of = (name: string) => results.get(name) ?? [];
  const [bare, one, two] = [of('bare loop'), of('check, 1 worker'), of('check, 2 workers')];
  const { transactions = 0, blocked = 0 } = bare[0] ?? {};
  console.log(`  ${transactions} cases, ${blocked} of them refused; medians of ${bare.length} interleaved rounds`);
  printTable(
    ['', 'tx/s', 'best', 'of the bare loop', 'engine us/tx', 'of the bare loop', 'parent us/tx'],
    [...results].map(([name, runs]) => [
      name,
      whole(medianOf(runs, perSecond)),
      whole(Math.max(...runs.map(perSecond))),
      percent(ratio(runs, bare, perSecond)),
      whole(medianOf(runs, enginePart)),
      percent(ratio(runs, bare, enginePart)),
      whole(medianOf(runs, parentPart)),
    ]),
  );
  const share = ratio(one, bare, perSecond);
  const gain = ratio(two, one, perSecond);
  printTarget('check, 1 worker / bare loop >= 90 %, by tx/s', percent(share), share >= 0.9);
  const cpuShare = 1 / ratio(one, bare, enginePart);
  printTarget('check, 1 worker / bare loop >= 90 %, by engine CPU time', percent(cpuShare), cpuShare >= 0.9);
  printTarget('check, 2 workers / 1 worker >= 1.8, by tx/s', gain.toFixed(2), gain >= 1.8);
  const cpuGain = (2 * medianOf(one, enginePart)) / medianOf(two, (run) => enginePart(run) + parentPart(run));
  printTarget('check, 2 workers / 1 worker >= 1.8, by CPU time on two free cores', cpuGain.toFixed(2), cpuGain >= 1.8);
}
