/**
 * How fast logs are read, in ratio to programs that do the plainest part of the same work on the same file: real entries
 * of `test/fixtures/logs`, over and over, each time with other ids.
 *
 * - "1 %": one entry in a hundred is of the run that reads; the others are to be passed over. Compare with `grep -c -F`
 *   of what the run's ids begin with: it stops at the first place in a line too.
 * - "all": every entry is of the run, and taken apart to variables, texts, and scores. Compare with `grep -c -E` of the
 *   lines that name a rule, and for JSON with a bare loop of `JSON.parse` over the lines, which takes nothing apart.
 *
 * The reader is the one of `run`, on a file in the page cache. CPU time is compared, since the clock tells as much of other
 * work on the machine; that of a reader includes the garbage collector's and that of threads that read the file. `grep -E` is
 * no parser: it stops at a rule's id, where a reader begins.
 *
 * Memory is that of a whole process of Node, which takes some 45 MB for itself.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contestant, interleave, medianOf, ratio } from './support/figures.js';
import { grep, parseEveryLine, type Reading, readLog } from './support/log-readings.js';
import { anyMarker, type LogSample, logSamples, marker, writeLog } from './support/log-samples.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, printTarget, whole } from './support/print.js';

const megabyte = 10 ** 6;
const usualMegabytes = isQuick ? 30 : 150;
/** The formats that have targets, in megabytes. */
const longer: Readonly<Record<string, number>> = isQuick ? {} : { 'v3 JSON': 500, 'v3 native': 300, 'v2 native': 300 };
const memoryMegabytes = 1000;
const rounds = 3;
/** For each format. On a busy machine there are fewer rounds. */
const limitSeconds = 15;

type Results = ReadonlyMap<string, readonly Reading[]>;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
const path = join(folder, 'waf.log');
try {
  await compareSpeed();
  if (!isQuick) await measureMemory();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compareSpeed(): Promise<void> {
  const results = new Map<string, Results>();
  for (const sample of logSamples) results.set(sample.name, await measure(sample));
  printTable(
    [
      'MB a second of CPU time',
      'grep -F',
      'grep -E',
      'JSON.parse',
      '1 %',
      'of grep -F',
      'all',
      'of grep -E',
      'of JSON.parse',
    ],
    [...results].map(([name, result]) => rowOf(name, result)),
  );
  printTargets(results);
}

async function measure(sample: LogSample): Promise<Results> {
  const marked = await writeLog(sample, path, (longer[sample.name] ?? usualMegabytes) * megabyte);
  const contestants: readonly Contestant<Reading>[] = [
    { name: 'grep -F', measure: () => grep(path, '-F', marker) },
    { name: '1 %', measure: () => readLog(path, marker) },
    { name: 'grep -E', measure: () => grep(path, '-E', sample.rules) },
    { name: 'all', measure: () => readLog(path, anyMarker) },
    ...(sample.name.endsWith('JSON') ? [{ name: 'JSON.parse', measure: () => parseEveryLine(path) }] : []),
  ];
  const results = await interleave(rounds, contestants, limitSeconds);
  const found = results.get('1 %')?.[0]?.found;
  if (found !== marked) console.log(`  ${sample.name}: ${found} of ${marked} MARKED ENTRIES WERE FOUND`);
  return results;
}

function rowOf(name: string, results: Results): readonly string[] {
  const rate = (contestant: string) => whole(medianOf(results.get(contestant) ?? [], speed));
  const isJson = results.has('JSON.parse');
  return [
    name,
    rate('grep -F'),
    rate('grep -E'),
    isJson ? rate('JSON.parse') : '-',
    rate('1 %'),
    percent(share(results, '1 %', 'grep -F')),
    rate('all'),
    percent(share(results, 'all', 'grep -E')),
    isJson ? percent(share(results, 'all', 'JSON.parse')) : '-',
  ];
}

function printTargets(results: ReadonlyMap<string, Results>): void {
  const of = (sample: string) => results.get(sample) ?? new Map();
  const times = 1 / share(of('v3 JSON'), '1 %', 'grep -F');
  const byClock = 1 / share(of('v3 JSON'), '1 %', 'grep -F', speedByClock);
  const measured = `${times.toFixed(2)}; by the clock ${byClock.toFixed(2)}`;
  printTarget('v3 JSON, 1 % <= 1.5 times as long as grep -c -F', measured, times <= 1.5);
  for (const sample of ['v3 native', 'v2 native']) {
    const part = share(of(sample), 'all', 'grep -E');
    const byClock = percent(share(of(sample), 'all', 'grep -E', speedByClock));
    printTarget(`${sample}, all >= 40 % of grep -c -E`, `${percent(part)}; by the clock ${byClock}`, part >= 0.4);
  }
}

function share(results: Results, contestant: string, base: string, figure = speed): number {
  return ratio(results.get(contestant) ?? [], results.get(base) ?? [], figure);
}

function speed({ megabytesPerCpuSecond }: Reading): number {
  return megabytesPerCpuSecond;
}

function speedByClock({ megabytesPerSecond }: Reading): number {
  return megabytesPerSecond;
}

async function measureMemory(): Promise<void> {
  for (const sample of logSamples.slice(0, 2)) {
    await writeLog(sample, path, memoryMegabytes * megabyte);
    for (const prefix of [marker, anyMarker]) {
      const peak = (await peakBytes(prefix)) / megabyte;
      const share = prefix === marker ? '1 %' : 'all';
      printTarget(`${sample.name}, ${share} of 1 GB in < 150 MB of memory`, `${peak.toFixed(0)} MB`, peak < 150);
    }
  }
}

async function peakBytes(prefix: string): Promise<number> {
  const script = fileURLToPath(new URL('./support/log-memory-process.js', import.meta.url));
  const child = fork(script, [path, prefix], { execArgv: [] });
  const [measured]: { peakBytes: number }[] = await once(child, 'message');
  return measured?.peakBytes ?? Number.NaN;
}
