/**
 * What a check of very many cases takes of the main process: `node dist/cli/main.js check` of a corpus with a million values (a
 * hundred thousand with --quick), one in twelve refused, with a rule set of two rules, so that the engine is not what is measured. All
 * reports are written. Results that memory does not hold lie on the disk, so twice the cases take little more memory.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { packageRoot } from '../../src/util/package-root.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';

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
  report(await checkAll());
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
  readonly code: unknown;
  readonly seconds: number;
  readonly megabytes: number;
}

/** The most memory that the main process had in RAM, as the kernel counts it. */
async function checkAll(): Promise<Measured> {
  const began = performance.now();
  const words = ['check', 'suite.yaml', '--crs', 'crs', '--crs-setup', 'crs/crs-setup.conf', '--quiet', '--out', 'out'];
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli/main.js'), ...words], {
    cwd: folder,
    stdio: 'inherit',
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, peakMegabytes(child.pid));
  }, pollMs);
  const [code]: unknown[] = await once(child, 'close');
  clearInterval(timer);
  return { code, seconds: (performance.now() - began) / 1000, megabytes };
}

function peakMegabytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function report({ code, seconds, megabytes }: Measured): void {
  const size = (name: string) => (statSync(join(folder, 'out', name)).size / 1e6).toFixed(1);
  printTable(
    ['cases', 's', 'cases/s', 'MB main', 'report.json MB', 'report.html MB'],
    [
      [
        whole(cases),
        seconds.toFixed(0),
        whole(cases / seconds),
        whole(megabytes),
        size('report.json'),
        size('report.html'),
      ],
    ],
  );
  const isMet = code === 1 && megabytes < targetMegabytes;
  printTarget(`main process < ${targetMegabytes} MB at ${whole(cases)} cases`, `${whole(megabytes)} MB`, isMet);
}
