/**
 * What a start costs: CPU seconds of the built command and all that it starts, and how long a user waits for a small suite,
 * `node dist/cli/main.js check` on 20 cases, with all rules loaded and reports written, from the start of the process to its
 * end. What is left when `node -e 0` and the evaluation are taken off is the price of modules, the engine processes, and the
 * rules. Set-up runs before every script of package.json and finds all there.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { cpuSecondsOf, runProgram } from './support/child.js';
import { type Contestant, interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget } from './support/print.js';
import { writeWorkload } from './support/workload.js';

const rounds = isQuick ? 3 : 7;
const targetSeconds = 1.5;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  await compare(await writeWorkload(folder, 20));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(suite: string): Promise<void> {
  const command = [join(packageRoot, 'dist/cli/main.js'), 'check', suite, '--quiet', '--out', join(folder, 'out')];
  const results = await interleave(rounds, [
    timed('node -e 0', ['-e', '0']),
    timed('set-up', [join(packageRoot, 'src/setup.mjs')]),
    timed('check --help', [...command.slice(0, 2), '--help']),
    timed('check, 20 cases', command),
    timed('check, 20 cases, 1 worker', [...command, '--workers', '1']),
  ]);
  report(results);
}

/** CPU time and waiting time come from runs of their own. */
interface Start {
  readonly cpu: number;
  readonly seconds: number;
}

function timed(name: string, parameters: readonly string[]): Contestant<Start> {
  const measure = async () => ({
    cpu: await cpuSecondsOf(process.execPath, parameters, folder),
    seconds: (await runProgram(process.execPath, parameters, folder)).seconds,
  });
  return { name, measure };
}

function report(results: ReadonlyMap<string, readonly Start[]>): void {
  const cpu = (start: Start) => start.cpu;
  const wait = (start: Start) => start.seconds;
  const node = results.get('node -e 0') ?? [];
  printTable(
    ['', 'CPU ms', 'x node -e 0', 'ms', 'best', 'x node -e 0'],
    [...results].map(([name, runs]) => [
      name,
      (medianOf(runs, cpu) * 1000).toFixed(0),
      ratio(runs, node, cpu).toFixed(1),
      (medianOf(runs, wait) * 1000).toFixed(0),
      (Math.min(...runs.map(wait)) * 1000).toFixed(0),
      ratio(runs, node, wait).toFixed(1),
    ]),
  );
  const seconds = medianOf(results.get('check, 20 cases') ?? [], wait);
  printTarget(`check of 20 cases < ${targetSeconds} s`, `${seconds.toFixed(2)} s`, seconds < targetSeconds);
}
