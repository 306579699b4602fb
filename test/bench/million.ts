/**
 * What very many cases take of the main process, a million of them (a hundred thousand with --quick), one in twelve refused:
 *
 * - `check` with a rule set of two rules, so that the engine is not what is measured;
 * - `run` at 8 connections against a server that answers at once and writes an audit log.
 *
 * Both are the built command, and write all reports. Results that memory does not hold lie on the disk, so twice the cases take
 * little more memory.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { packageRoot } from '../../src/util/package-root.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';
import { cpuMicros } from './support/processes.js';
import { startLoggingServer } from './support/servers.js';

const cases = isQuick ? 100_000 : 1_000_000;
const targetMegabytes = 1000;
const pollMs = 200;

const rules = `SecRule ARGS "@rx union\\s+select" "id:942100,phase:2,pass,log,t:lowercase,msg:'SQL',\
tag:'paranoia-level/1',setvar:'tx.inbound_anomaly_score_pl1=+5'"
SecRule TX:INBOUND_ANOMALY_SCORE_PL1 "@ge 5" "id:949110,phase:2,deny,status:403,log,msg:'Inbound Anomaly Score Exceeded'"
`;
const suite = `suite: Million
cases:
  - id: comment
    path: /comments
    form: { name: Grace Ndlovu, email: grace@example.org, comment: !each values.txt }
`;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  await writeInput();
  const options = ['--quiet', '--out', 'out'];
  const checked = await measure('check', [...options, '--crs', 'crs', '--crs-setup', 'crs/crs-setup.conf']);
  const server = await startLoggingServer(join(folder, 'audit.log'));
  try {
    const target = ['--target', server.url, '--log', 'audit.log', '--connections', '8'];
    report([checked, await measure('run', [...options, ...target])]);
  } finally {
    server.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function writeInput(): Promise<void> {
  await mkdir(join(folder, 'crs/rules'), { recursive: true });
  await writeFile(join(folder, 'crs/rules/REQUEST-900-FEW.conf'), rules);
  await writeFile(join(folder, 'crs/crs-setup.conf'), '# nothing is set\n');
  await writeFile(join(folder, 'suite.yaml'), suite);
  const values = createWriteStream(join(folder, 'values.txt'));
  for (let index = 0; index < cases; index++) if (!values.write(textOf(index))) await once(values, 'drain');
  values.end();
  await finished(values);
}

function textOf(index: number): string {
  const talk = index % 12 === 5 ? 'what does UNION SELECT do' : 'the delivery was quick and our neighbour liked it';
  return `${index} ${talk}\n`;
}

interface Measured {
  readonly command: string;
  readonly code: unknown;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  /** Of the reports, in bytes. */
  readonly sizes: readonly number[];
}

/** The most memory that the main process had in RAM, as the kernel counts it, and the time that all its threads took. */
async function measure(command: string, options: readonly string[]): Promise<Measured> {
  const began = performance.now();
  const words = [join(packageRoot, 'dist/cli/main.js'), command, 'suite.yaml', ...options];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: 'inherit' });
  let [megabytes, cpuSeconds] = [0, 0];
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, peakMegabytes(child.pid));
    cpuSeconds = Math.max(cpuSeconds, cpuSecondsSoFar(child.pid));
  }, pollMs);
  const [code]: unknown[] = await once(child, 'close');
  clearInterval(timer);
  const sizes = ['report.json', 'report.html'].map((name) => statSync(join(folder, 'out', name)).size);
  return { command, code, seconds: (performance.now() - began) / 1000, cpuSeconds, megabytes, sizes };
}

function peakMegabytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function cpuSecondsSoFar(pid: number | undefined): number {
  try {
    return pid === undefined ? 0 : cpuMicros(pid) / 1e6;
  } catch {
    return 0;
  }
}

function report(all: readonly Measured[]): void {
  console.log(`  ${whole(cases)} cases; load ${loadavg()[0]?.toFixed(1)}`);
  printTable(
    ['', 's', 'cases/s', 'MB main', 'CPU us main/case', 'report.json MB', 'report.html MB'],
    all.map(({ command, seconds, megabytes, cpuSeconds, sizes }) => [
      command,
      seconds.toFixed(0),
      whole(cases / seconds),
      whole(megabytes),
      whole((cpuSeconds / cases) * 1e6),
      ...sizes.map((bytes) => (bytes / 1e6).toFixed(1)),
    ]),
  );
  for (const { command, code, megabytes } of all) {
    const isMet = code === 1 && megabytes < targetMegabytes;
    printTarget(`main process of ${command} < ${targetMegabytes} MB`, `${whole(megabytes)} MB`, isMet);
  }
}
