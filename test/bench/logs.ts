/**
 * How fast logs are read, in ratio to programs that do the plainest part of the same work on the same file: real entries
 * of `test/fixtures/logs`, a third of which were made to mislead readers, over and over, each time with other ids and values.
 *
 * - "1 %": one entry in a hundred is of the run that reads; the others are to be passed over. Compare with `grep -c -F`
 *   of what the run's ids begin with: it stops at the first place in a line too.
 * - "all": every entry is of the run, and taken apart to variables, texts, and scores. Compare with `grep -c -E` of the
 *   lines that name a rule, and for JSON with a bare loop of `JSON.parse` over the lines, which takes nothing apart.
 *
 * The reader is the one of `run`, on a file in the page cache. CPU time is compared, since the clock tells as much of other
 * work on the machine; that of a reader includes the garbage collector's, the compiler's, and that of threads that read the
 * file. `grep -E` is no parser: it stops at a rule's id, where a reader begins. The first reading of a process is slower
 * than its later ones, of which the median is made, as nothing is compiled yet.
 *
 * Memory is that of a whole process of Node, which takes some 45 MB for itself.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianOf, ratio } from './support/figures.js';
import type { Reading } from './support/log-readings.js';
import { anyMarker, type LogSample, logSamples, marker, writeLog } from './support/log-samples.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, printTarget, whole } from './support/print.js';

const megabyte = 10 ** 6;
const usualMegabytes = isQuick ? 30 : 150;
/** The formats that have targets, in megabytes. */
const longer: Readonly<Record<string, number>> = isQuick ? {} : { 'v3 JSON': 500, 'v3 native': 300, 'v2 native': 300 };
const memoryMegabytes = 1000;
/** Whose memory is measured. */
const filled = ['v3 JSON', 'v3 native', 'Apache error log'];
const rounds = 5;
/** For each format. On a busy machine there are fewer rounds. */
const limitSeconds = 12;

const speedScript = new URL('./support/log-speed-process.js', import.meta.url);
const memoryScript = new URL('./support/log-memory-process.js', import.meta.url);

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
      '1 %',
      'of grep -F',
      'grep -E',
      'all',
      'of grep -E',
      'JSON.parse',
      'of JSON.parse',
    ],
    [...results].map(([name, result]) => rowOf(name, result)),
  );
  printTargets(results);
}

async function measure(sample: LogSample): Promise<Results> {
  const marked = await writeLog(sample, path, (longer[sample.name] ?? usualMegabytes) * megabyte);
  const parameters = [path, sample.name, String(rounds), String(limitSeconds)];
  const results: Results = new Map(await answerOf<[string, Reading[]][]>(speedScript, parameters));
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
    rate('1 %'),
    percent(share(results, '1 %', 'grep -F')),
    rate('grep -E'),
    rate('all'),
    percent(share(results, 'all', 'grep -E')),
    isJson ? rate('JSON.parse') : '-',
    isJson ? percent(share(results, 'all', 'JSON.parse')) : '-',
  ];
}

function printTargets(results: ReadonlyMap<string, Results>): void {
  const of = (sample: string) => results.get(sample) ?? new Map();
  const times = (figure: typeof speed, those: Results) => 1 / share(those, '1 %', 'grep -F', figure);
  const json = of('v3 JSON');
  const others = `first reading ${times(speed, firstOf(json)).toFixed(2)}, by the clock ${times(speedByClock, json).toFixed(2)}`;
  const claim = 'v3 JSON, 1 % <= 1.5 times as long as grep -c -F';
  printTarget(claim, `${times(speed, json).toFixed(2)}; ${others}`, times(speed, json) <= 1.5);
  for (const sample of ['v3 native', 'v2 native']) {
    const part = share(of(sample), 'all', 'grep -E');
    const first = percent(share(firstOf(of(sample)), 'all', 'grep -E'));
    const byClock = percent(share(of(sample), 'all', 'grep -E', speedByClock));
    const measured = `${percent(part)}; first reading ${first}, by the clock ${byClock}`;
    printTarget(`${sample}, all >= 40 % of grep -c -E`, measured, part >= 0.4);
  }
}

function firstOf(results: Results): Results {
  return new Map([...results].map(([name, readings]) => [name, readings.slice(0, 1)]));
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
  for (const sample of logSamples.filter(({ name }) => filled.includes(name))) {
    await writeLog(sample, path, memoryMegabytes * megabyte);
    for (const prefix of [marker, anyMarker]) {
      const { peakBytes } = await answerOf<{ peakBytes: number }>(memoryScript, [path, prefix]);
      const share = prefix === marker ? '1 %' : 'all';
      const measured = `${(peakBytes / megabyte).toFixed(0)} MB`;
      printTarget(`${sample.name}, ${share} of 1 GB in < 150 MB of memory`, measured, peakBytes < 150 * megabyte);
    }
  }
}

/** What a script sends before it ends. */
async function answerOf<T>(script: URL, parameters: readonly string[]): Promise<T> {
  const child = fork(fileURLToPath(script), [...parameters], { execArgv: [] });
  const [answer]: T[] = await once(child, 'message');
  if (answer === undefined) throw new Error(`${script} told nothing`);
  return answer;
}
