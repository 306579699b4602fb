/**
 * What an audit costs: `tune --audit` of as many exclusions as the largest plugin of the Core Rule Set has, held against
 * a hundred cases, with the built command and an empty cache; and the same command once more, which finds what the first one
 * has found out.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { cpuSecondsOf, runProgram } from './support/child.js';
import { exclusionPlugin } from './support/exclusion-plugin.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget } from './support/print.js';

const [exclusions, cases] = isQuick ? [150, 30] : [891, 100];
const targetSeconds = 300;
const command = join(packageRoot, 'dist/cli/main.js');

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  const { text, suite } = exclusionPlugin(exclusions, cases);
  await writeFile(join(folder, 'plugin-before.conf'), text);
  await writeFile(join(folder, 'suite.yaml'), suite);
  await runProgram(process.execPath, [command, 'check', 'suite.yaml', '--quiet', '--out', 'checked'], folder);
  const first = await timedAudit();
  const again = await timedAudit();
  const row = (name: string, { cpu, seconds }: typeof first) => [
    name,
    seconds.toFixed(1),
    cpu.toFixed(1),
    ((cpu * 1000) / exclusions).toFixed(0),
  ];
  printTable(
    [`${exclusions} exclusions, ${cases} cases`, 's', 'CPU s', 'CPU ms each'],
    [row('first', first), row('again', again)],
  );
  printTarget(`an audit in ${targetSeconds} s`, `${first.seconds.toFixed(0)} s`, first.seconds <= targetSeconds);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function timedAudit() {
  const audit = ['tune', 'checked/report.json', '--audit', 'plugin-before.conf', '--quiet', '--out', 'audited'];
  const began = performance.now();
  const cpu = await cpuSecondsOf(
    'env',
    [`XDG_CACHE_HOME=${join(folder, 'cache')}`, process.execPath, command, ...audit],
    folder,
  );
  return { cpu, seconds: (performance.now() - began) / 1000 };
}
